/* --to pymem. It is there. */
#include <Python.h>

static PyObject *use(PyObject *self, PyObject *args)
{
    char *block = PyMem_Malloc(32); // plan: already-there

    (void)self;
    (void)args;
    PyMem_Free(block); // plan: already-there
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *use_methods(void)
{
    return methods;
}
