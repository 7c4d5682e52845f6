/* --to pymem. Only the allocator itself can tell the size of its blocks. */
#include <Python.h>
#include <malloc.h>
#include <stdlib.h>

static PyObject *use(PyObject *self, PyObject *arg)
{
    char *block = malloc(8); // plan: not-movable passed-to-unknown
    size_t size = malloc_usable_size(block);
    (void)self;
    (void)arg;
    free(block); // plan: not-movable passed-to-unknown
    return PyLong_FromSize_t(size);
}

static PyMethodDef methods[] = {{"use", use, METH_O, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *measured_methods(void)
{
    return methods;
}
