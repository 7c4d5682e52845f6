/* --to pymem. An object and plain memory meet in one variable: the object belongs to its type. */
#include <Python.h>
#include <stdlib.h>

typedef struct {
    PyObject_HEAD
    int filled;
} Cell;

extern PyTypeObject Cell_Type;

static PyObject *use(PyObject *self, PyObject *args)
{
    void *block;

    (void)self;
    if (args)
        block = PyObject_New(Cell, &Cell_Type); // plan: not-movable objects
    else
        block = malloc(32); // plan: not-movable objects
    if (args)
        PyObject_Free(block); // plan: not-movable objects
    else
        free(block); // plan: not-movable objects
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *use_methods(void)
{
    return methods;
}
