/* --to pymem. The allocator is in a table that other modules call through. */
#include <Python.h>
#include <stdlib.h>

static void *grid_alloc(size_t n)
{
    return malloc(n); // plan: not-movable exported
}

static void grid_free(void *grid)
{
    free(grid); // plan: not-movable exported
}

static PyObject *use(PyObject *self, PyObject *args)
{
    (void)self;
    (void)args;
    grid_free(grid_alloc(8));
    Py_RETURN_NONE;
}

static void *grid_API[] = {(void *)grid_alloc, (void *)grid_free};
static PyMethodDef methods[] = {{"use", use, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};

PyObject *grid_export(void)
{
    return PyCapsule_New(grid_API, "grid._API", NULL);
}
PyMethodDef *grid_methods(void)
{
    return methods;
}
