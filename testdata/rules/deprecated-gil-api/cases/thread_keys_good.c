/* Integer keys for thread storage were replaced by Py_tss_t. */
#include <Python.h>
#include <pythread.h>

static Py_tss_t key = Py_tss_NEEDS_INIT;

static PyObject *
visits_count(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none))
{
    size_t n = (size_t)PyThread_tss_get(&key) + 1;

    if (PyThread_tss_set(&key, (void *)n) != 0)
        return PyErr_NoMemory();
    return PyLong_FromSize_t(n);
}

static int
visits_setup(void)
{
    if (PyThread_tss_create(&key) != 0) {
        PyErr_SetString(PyExc_ImportError, "no thread-specific storage");
        return -1;
    }
    return 0;
}

static PyMethodDef visits_methods[] = {
    {"count", visits_count, METH_NOARGS, PyDoc_STR("count(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef visits_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "visits",
    .m_size = -1,
    .m_methods = visits_methods,
};

PyMODINIT_FUNC
PyInit_visits(void)
{
    if (visits_setup() < 0)
        return NULL;
    return PyModule_Create(&visits_module);
}
/* run: assert mod.count() == 1; assert mod.count() == 2 */
