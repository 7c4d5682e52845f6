/* Inline functions of a header of the tree, used by two files: one finding, in the header. */
#include "bufs.h"

PyObject *join_upper(PyObject *module, PyObject *arg);

static PyObject *
join_twice(PyObject *Py_UNUSED(module), PyObject *arg)
{
    struct buf b = {NULL, 0, 0};
    Py_ssize_t n;
    const char *text = PyUnicode_AsUTF8AndSize(arg, &n);
    PyObject *result = NULL;

    if (text == NULL)
        return NULL;
    if (buf_add(&b, text, (size_t)n) < 0 || buf_add(&b, text, (size_t)n) < 0)
        PyErr_NoMemory();
    else
        result = PyUnicode_FromStringAndSize(b.data, (Py_ssize_t)b.used);
    buf_drop(&b);
    return result;
}

static PyMethodDef joinmod_methods[] = {
    {"twice", join_twice, METH_O, NULL},
    {"upper", join_upper, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef joinmod_module = {
    PyModuleDef_HEAD_INIT, "joinmod", NULL, -1, joinmod_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_joinmod(void)
{
    return PyModule_Create(&joinmod_module);
}
/* run: assert mod.twice("ab") == "abab"; assert mod.upper("ab") == "AB" */
