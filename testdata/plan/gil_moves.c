/* --to pymem. The GIL is held at both. */
#include <Python.h>
#include <stdlib.h>

static PyObject *work(PyObject *self, PyObject *args)
{
    char *block = malloc(4096); // plan: movable

    (void)self;
    (void)args;
    if (block == NULL)
        return PyErr_NoMemory();
    Py_BEGIN_ALLOW_THREADS
    block[0] = 1;
    Py_END_ALLOW_THREADS
    free(block); // plan: movable
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"work", work, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *work_methods(void)
{
    return methods;
}
