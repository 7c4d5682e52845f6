/* --to pymem. What the capsule lends is released like a block of our own. */
#include <Python.h>
#include <stdlib.h>

static PyObject *use(PyObject *self, PyObject *args)
{
    char *block = PyCapsule_GetPointer(args, "block");

    (void)self;
    if (block == NULL)
        block = malloc(8); // plan: not-movable lent
    free(block); // plan: not-movable lent
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_O, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *use_methods(void)
{
    return methods;
}
