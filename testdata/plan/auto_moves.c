/* --to auto. Each goes where it can: with the GIL to PyMem, without it to PyMem_Raw. */
#include <Python.h>
#include <stdlib.h>

static PyObject *use(PyObject *self, PyObject *args)
{
    char *held = calloc(4, 8); // plan: movable >pymem
    char *released;

    (void)self;
    (void)args;
    free(held); // plan: movable >pymem
    Py_BEGIN_ALLOW_THREADS
    released = calloc(4, 8); // plan: movable >pymem_raw
    free(released); // plan: movable >pymem_raw
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *use_methods(void)
{
    return methods;
}
