/* --to pymem. The macro is rewritten once, for all who use it. */
#include <Python.h>
#include <stdlib.h>

#define BLOCK_NEW(n) malloc(n)

static PyObject *use(PyObject *self, PyObject *args)
{
    char *block = BLOCK_NEW(32); // plan: movable
    char *other = BLOCK_NEW(64); // plan: movable

    (void)self;
    (void)args;
    free(block); // plan: movable
    free(other); // plan: movable
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *use_methods(void)
{
    return methods;
}
