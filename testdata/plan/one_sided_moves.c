/* --to pymem. The table is released when the module goes. */
#include <Python.h>
#include <stdlib.h>

static char *table;

static PyObject *use(PyObject *self, PyObject *args)
{
    (void)self;
    (void)args;
    if (table == NULL)
        table = malloc(256); // plan: movable
    Py_RETURN_NONE;
}

static PyObject *drop(PyObject *self, PyObject *args)
{
    (void)self;
    (void)args;
    free(table); // plan: movable
    table = NULL;
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"use", use, METH_NOARGS, NULL}, {"drop", drop, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *use_methods(void)
{
    return methods;
}
