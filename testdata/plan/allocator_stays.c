/* --to pymem. The alignment has no counterpart. */
#include <Python.h>
#include <stdlib.h>

static PyObject *use(PyObject *self, PyObject *args)
{
    char *block = aligned_alloc(64, 128); // plan: not-movable no-counterpart

    (void)self;
    (void)args;
    free(block); // plan: not-movable no-counterpart
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *use_methods(void)
{
    return methods;
}
