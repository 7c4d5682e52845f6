/* A tracer is told of the block that has gone, by its address and by a field that was in it. */
#include <Python.h>
#include <stdlib.h>

struct arena {
    unsigned domain;
    size_t size;
};

static void
arena_release(struct arena *a)
{
    uintptr_t at = (uintptr_t)a;
    unsigned domain = a->domain;

    free(a);
    PyTraceMalloc_Untrack(domain, at);
}

static PyObject *
arenas_round(PyObject *Py_UNUSED(module), PyObject *arg)
{
    size_t size = PyLong_AsSize_t(arg);
    struct arena *a;

    if (size == (size_t)-1 && PyErr_Occurred())
        return NULL;
    a = malloc(sizeof(*a));
    if (a == NULL)
        return PyErr_NoMemory();
    a->domain = 77;
    a->size = size;
    PyTraceMalloc_Track(a->domain, (uintptr_t)a, sizeof(*a));
    arg = PyLong_FromSize_t(a->size);
    arena_release(a);
    return arg;
}

static PyMethodDef arenas_methods[] = {
    {"round", arenas_round, METH_O, PyDoc_STR("round(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef arenas_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "arenas",
    .m_size = -1,
    .m_methods = arenas_methods,
};

PyMODINIT_FUNC
PyInit_arenas(void)
{
    return PyModule_Create(&arenas_module);
}
/* run: assert mod.round(4) == 4 */
