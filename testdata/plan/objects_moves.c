/* --to pymem. An object and plain memory, each with its own release. */
#include <Python.h>
#include <stdlib.h>

typedef struct {
    PyObject_HEAD
    int filled;
} Cell;

extern PyTypeObject Cell_Type;

static PyObject *use(PyObject *self, PyObject *args)
{
    Cell *cell = PyObject_New(Cell, &Cell_Type);
    char *block = malloc(32); // plan: movable >pymem

    (void)self;
    (void)args;
    free(block); // plan: movable >pymem
    return (PyObject *)cell;
}

static PyMethodDef methods[] = {{"use", use, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *use_methods(void)
{
    return methods;
}
