/* --to pymem. Two families meet in one variable; a flag tells which is which. */
#include <Python.h>
#include <stdlib.h>

static int use(int raw)
{
    char *block;

    if (raw)
        block = malloc(64); // plan: movable-tag families
    else
        block = PyMem_Malloc(64); // plan: movable-tag families
    if (block == NULL)
        return -1;
    if (raw)
        free(block); // plan: movable-tag families
    else
        PyMem_Free(block); // plan: movable-tag families
    return 0;
}

static PyObject *call(PyObject *self, PyObject *args)
{
    (void)self;
    return PyLong_FromLong(use(args != NULL));
}

static PyMethodDef methods[] = {{"use", call, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *use_methods(void)
{
    return methods;
}
