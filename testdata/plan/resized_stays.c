/* --to pymem. getline resizes the block by itself. */
#define _GNU_SOURCE
#include <Python.h>
#include <stdio.h>
#include <stdlib.h>

static PyObject *use(PyObject *self, PyObject *args)
{
    size_t room = 128;
    char *line = malloc(room); // plan: not-movable no-counterpart

    (void)self;
    (void)args;
    if (line == NULL)
        return PyErr_NoMemory();
    if (getline(&line, &room, stdin) < 0) // plan: not-movable no-counterpart
        line[0] = 0;
    free(line); // plan: not-movable no-counterpart
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *use_methods(void)
{
    return methods;
}
