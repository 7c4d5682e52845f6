/* --to pymem. Nothing here releases it: the way of the block ends where nobody looked. */
#include <Python.h>
#include <stdlib.h>

static char *table;

static PyObject *use(PyObject *self, PyObject *args)
{
    (void)self;
    (void)args;
    if (table == NULL)
        table = malloc(256); // plan: not-movable one-sided
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *use_methods(void)
{
    return methods;
}
