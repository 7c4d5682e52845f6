/* --to pymem. The same with a parameter. */
#include <Python.h>
#include <stdlib.h>

static void drop(int n, char *block)
{
    (void)n;
    free(block); // plan: movable
}

static PyObject *use(PyObject *self, PyObject *args)
{
    char *block = malloc(8); // plan: movable

    (void)self;
    (void)args;
    drop(1, block);
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *use_methods(void)
{
    return methods;
}
