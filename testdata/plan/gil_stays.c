/* --to pymem. One of the sites is reached without the GIL: only the raw domain will do. */
#include <Python.h>
#include <stdlib.h>

static PyObject *work(PyObject *self, PyObject *args)
{
    char *block;

    (void)self;
    (void)args;
    Py_BEGIN_ALLOW_THREADS
    block = malloc(4096); // plan: movable-raw gil
    Py_END_ALLOW_THREADS
    free(block); // plan: movable-raw gil
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"work", work, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *work_methods(void)
{
    return methods;
}
