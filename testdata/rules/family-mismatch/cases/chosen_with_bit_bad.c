/* The allocator and the bit that remembers it are chosen by one argument; the release asks for the bit. */
#include <Python.h>

#define PLANE_RAW 4u

struct plane {
    unsigned marks;
    Py_ssize_t cells;
    short *grid;
};

static struct plane plane;

static void
plane_clear(void)
{
    struct plane *self = &plane;

    if (self->marks & PLANE_RAW)
        PyMem_RawFree(self->grid); // expect: family-mismatch // because: 36, 39, 20
    else
        PyMem_Free(self->grid); // expect: family-mismatch // because: 34, 39, 22
    self->grid = NULL;
    self->marks = 0;
}

static int
plane_fill(struct plane *self, Py_ssize_t cells, int detached)
{
    short *grid;
    size_t bytes = (size_t)cells * sizeof *grid;

    if (detached)
        grid = PyMem_RawCalloc(1, bytes);
    else
        grid = PyMem_Calloc(1, bytes);
    if (grid == NULL)
        return -1;
    self->grid = grid;
    self->cells = cells;
    self->marks = detached ? 0 : PLANE_RAW;
    return 0;
}

static PyObject *
plane_reset(PyObject *Py_UNUSED(module), PyObject *args)
{
    Py_ssize_t cells;
    int detached;

    if (!PyArg_ParseTuple(args, "np:reset", &cells, &detached))
        return NULL;
    if (cells < 1 || cells > 1000) {
        PyErr_SetString(PyExc_ValueError, "cells");
        return NULL;
    }
    plane_clear();
    if (plane_fill(&plane, cells, detached) < 0)
        return PyErr_NoMemory();
    return PyLong_FromSsize_t(plane.cells);
}

static PyMethodDef plane_methods[] = {
    {"reset", plane_reset, METH_VARARGS, PyDoc_STR("reset(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef plane_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "plane",
    .m_size = -1,
    .m_methods = plane_methods,
};

PyMODINIT_FUNC
PyInit_plane(void)
{
    return PyModule_Create(&plane_module);
}

/* run: assert mod.reset(10, True) == 10 */
/* run: assert mod.reset(20, False) == 20 */
/* run: assert mod.reset(30, True) == 30 */
/* dies: bad ID|API '.'|signal */
