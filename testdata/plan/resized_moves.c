/* --to pymem. fgets writes into the block and leaves it where it is. */
#include <Python.h>
#include <stdio.h>
#include <stdlib.h>

static PyObject *use(PyObject *self, PyObject *args)
{
    char *line = malloc(128); // plan: movable

    (void)self;
    (void)args;
    if (line == NULL)
        return PyErr_NoMemory();
    if (fgets(line, 128, stdin) == NULL)
        line[0] = 0;
    free(line); // plan: movable
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *use_methods(void)
{
    return methods;
}
