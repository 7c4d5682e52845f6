/* --to pymem. The function that takes it is here, and releases it. */
#include <Python.h>
#include <stdlib.h>

static void library_take(char *block)
{
    free(block); // plan: movable
}

static PyObject *give(PyObject *self, PyObject *args)
{
    char *block = malloc(16); // plan: movable

    (void)self;
    if (block == NULL)
        return PyErr_NoMemory();
    if (args == NULL)
        library_take(block);
    else
        free(block); // plan: movable
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"give", give, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *give_methods(void)
{
    return methods;
}
