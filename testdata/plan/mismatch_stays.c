/* --to pymem. It is wrong today: the families do not fit. */
#include <Python.h>
#include <stdlib.h>

static PyObject *use(PyObject *self, PyObject *args)
{
    char *block = malloc(32); // plan: inconsistent mismatch

    (void)self;
    (void)args;
    PyMem_Free(block); // plan: inconsistent mismatch
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *use_methods(void)
{
    return methods;
}
