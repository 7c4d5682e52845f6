/* Items of a list are read in a region; another thread may pop them meanwhile. */
#include <Python.h>

static PyObject *
norm_l1(PyObject *Py_UNUSED(module), PyObject *arg)
{
    double sum = 0;
    Py_ssize_t n;

    if (!PyList_CheckExact(arg))
        return PyErr_Format(PyExc_TypeError, "list wanted");
    n = PyList_GET_SIZE(arg);
    for (Py_ssize_t i = 0; i < n; i++) {
        if (!PyFloat_CheckExact(PyList_GET_ITEM(arg, i)))
            return PyErr_Format(PyExc_TypeError, "item %zd is no float", i);
    }
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *item = PyList_GET_ITEM(arg, i); // expect-medium: object-touched-without-gil // because: 17
        double x = PyFloat_AS_DOUBLE(item); // expect-medium: object-touched-without-gil // because: 17
        sum += x < 0 ? -x : x;
    }
    Py_END_ALLOW_THREADS
    return PyFloat_FromDouble(sum);
}

static PyMethodDef norm_methods[] = {
    {"l1", norm_l1, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef norm_module = {
    PyModuleDef_HEAD_INIT, "norm", NULL, -1, norm_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_norm(void)
{
    return PyModule_Create(&norm_module);
}
/* run: assert mod.l1([1.0, -2.0]) == 3.0 */
/* from facts: a race: needs another thread that shrinks the list at the right moment */
