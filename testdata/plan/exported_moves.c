/* --to pymem. The same allocator for this module alone. */
#include <Python.h>
#include <stdlib.h>

static void *grid_alloc(size_t n)
{
    return malloc(n); // plan: movable
}

static void grid_free(void *grid)
{
    free(grid); // plan: movable
}

static PyObject *use(PyObject *self, PyObject *args)
{
    (void)self;
    (void)args;
    grid_free(grid_alloc(8));
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *grid_methods(void)
{
    return methods;
}
