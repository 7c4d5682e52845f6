/* --to pymem. What the capsule lends is only looked at. */
#include <Python.h>
#include <stdlib.h>

static PyObject *use(PyObject *self, PyObject *args)
{
    char *lent = PyCapsule_GetPointer(args, "block");
    char *block = malloc(8); // plan: movable

    (void)self;
    if (block != NULL && lent != NULL)
        block[0] = lent[0];
    free(block); // plan: movable
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_O, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *use_methods(void)
{
    return methods;
}
