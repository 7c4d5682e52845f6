/* A wrapper passes the NULL of the allocator on; its caller trusts it. */
#include <Python.h>
#include <stdlib.h>

struct grid {
    size_t width, height;
    char cells[];
};

static struct grid *
grid_new(size_t width, size_t height)
{
    if (height != 0 && width > PY_SSIZE_T_MAX / height)
        return NULL;
    return calloc(1, sizeof(struct grid) + width * height);
}

static PyObject *
grid_area(PyObject *Py_UNUSED(module), PyObject *args)
{
    Py_ssize_t width, height;
    struct grid *g;
    size_t area;

    if (!PyArg_ParseTuple(args, "nn:area", &width, &height))
        return NULL;
    g = grid_new((size_t)width, (size_t)height);
    if (g == NULL)
        return PyErr_NoMemory();
    g->width = (size_t)width;
    g->height = (size_t)height;
    area = g->width * g->height;
    free(g);
    return PyLong_FromSize_t(area);
}

static PyMethodDef grid_methods[] = {
    {"area", grid_area, METH_VARARGS, PyDoc_STR("area(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef grid_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "grid",
    .m_size = -1,
    .m_methods = grid_methods,
};

PyMODINIT_FUNC
PyInit_grid(void)
{
    return PyModule_Create(&grid_module);
}
/* run: assert mod.area(3, 4) == 12 */
/* run: try: mod.area(1 << 40, 1 << 40) */
/* run: except MemoryError: pass */
