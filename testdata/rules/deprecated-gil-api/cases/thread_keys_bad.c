/* Integer keys for thread storage were replaced by Py_tss_t. */
#include <Python.h>
#include <pythread.h>

static int key = -1;

static PyObject *
visits_count(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none))
{
    size_t n = (size_t)PyThread_get_key_value(key) + 1; // expect: deprecated-gil-api

    if (PyThread_set_key_value(key, (void *)n) != 0) // expect: deprecated-gil-api
        return PyErr_NoMemory();
    return PyLong_FromSize_t(n);
}

static int
visits_setup(void)
{
    key = PyThread_create_key(); // expect: deprecated-gil-api
    if (key < 0) {
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
/* from facts: deprecated since 3.7, still in the headers */
