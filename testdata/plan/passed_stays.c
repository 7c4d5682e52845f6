/* --to pymem. Nobody knows what the library does with it. */
#include <Python.h>
#include <stdlib.h>

extern void library_take(char *block);

static PyObject *give(PyObject *self, PyObject *args)
{
    char *block = malloc(16); // plan: not-movable passed-to-unknown

    (void)self;
    if (block == NULL)
        return PyErr_NoMemory();
    if (args == NULL)
        library_take(block);
    else
        free(block); // plan: not-movable passed-to-unknown
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"give", give, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *give_methods(void)
{
    return methods;
}
