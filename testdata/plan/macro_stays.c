/* --to pymem. The macro means two things, one after the other. */
#include <Python.h>
#include <stdlib.h>

#define BLOCK_NEW(n) malloc(n)

static char *small_block(void)
{
    return BLOCK_NEW(32); // plan: not-movable macro
}

#undef BLOCK_NEW
#define BLOCK_NEW(n) PyMem_RawMalloc(n)

static char *large_block(void)
{
    return BLOCK_NEW(4096); // plan: not-movable macro
}

static PyObject *use(PyObject *self, PyObject *args)
{
    char *block = small_block();
    char *other = large_block();

    (void)self;
    (void)args;
    free(block); // plan: not-movable macro
    PyMem_RawFree(other); // plan: not-movable macro
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *use_methods(void)
{
    return methods;
}
