/* A helper that walks a list is fine for its other caller, which holds the lock. */
#include <Python.h>

static Py_ssize_t
longest(PyObject *list)
{
    Py_ssize_t best = 0;

    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) { // lock held
        PyObject *item = PyList_GET_ITEM(list, i); // lock held
        Py_ssize_t n = PyBytes_GET_SIZE(item); // lock held
        if (n > best)
            best = n;
    }
    return best;
}

static int
check(PyObject *list)
{
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++) {
        if (!PyBytes_Check(PyList_GET_ITEM(list, i))) {
            PyErr_Format(PyExc_TypeError, "item %zd is no bytes object", i);
            return -1;
        }
    }
    return 0;
}

static PyObject *
width_longest(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *list;
    Py_ssize_t best;

    if (!PyArg_ParseTuple(args, "O!:longest", &PyList_Type, &list) || check(list) < 0)
        return NULL;
    best = longest(list);
    return PyLong_FromSsize_t(best);
}

static PyObject *
width_longest_quiet(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *list;
    Py_ssize_t best;

    if (!PyArg_ParseTuple(args, "O!:longest_quiet", &PyList_Type, &list) || check(list) < 0)
        return NULL;
    best = longest(list);
    return PyLong_FromSsize_t(best);
}

static PyMethodDef width_methods[] = {
    {"longest", width_longest, METH_VARARGS, NULL},
    {"longest_quiet", width_longest_quiet, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef width_module = {
    PyModuleDef_HEAD_INIT, "width", NULL, -1, width_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_width(void)
{
    return PyModule_Create(&width_module);
}
/* run: assert mod.longest([b"a", b"bcd"]) == 3; mod.longest_quiet([b"a"]) */
