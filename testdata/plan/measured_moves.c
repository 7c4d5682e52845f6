/* --to pymem. The size is what was asked for. */
#include <Python.h>
#include <stdlib.h>

static PyObject *use(PyObject *self, PyObject *arg)
{
    char *block = malloc(8); // plan: movable
    size_t size = block ? 8 : 0;
    (void)self;
    (void)arg;
    free(block); // plan: movable
    return PyLong_FromSize_t(size);
}

static PyMethodDef methods[] = {{"use", use, METH_O, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *measured_methods(void)
{
    return methods;
}
