/* An object keeps the table of the allocator that it was made with, one of two; its block goes back through that. */
#include <Python.h>

struct source {
    void *(*take)(size_t);
    void (*drop)(void *);
};

static const struct source small = {PyMem_Malloc, PyMem_Free};
static const struct source large = {PyMem_RawMalloc, PyMem_RawFree};

typedef struct {
    PyObject_HEAD
    const struct source *source;
    int *cells;
} Tape;

static PyTypeObject Tape_Type;

static void
Tape_dealloc(Tape *self)
{
    if (self->cells != NULL)
        self->source->drop(self->cells);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyObject *
tape_cut(PyObject *Py_UNUSED(module), PyObject *args)
{
    int cells, raw;
    Tape *self;

    if (!PyArg_ParseTuple(args, "ip:cut", &cells, &raw))
        return NULL;
    if (cells < 1 || cells > 100) {
        PyErr_SetString(PyExc_ValueError, "cells");
        return NULL;
    }
    if (PyType_Ready(&Tape_Type) < 0)
        return NULL;
    self = (Tape *)Tape_Type.tp_alloc(&Tape_Type, 0);
    if (self == NULL)
        return NULL;
    self->source = raw ? &large : &small;
    self->cells = self->source->take((size_t)cells * sizeof *self->cells);
    if (self->cells == NULL) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    self->cells[0] = cells;
    return (PyObject *)self;
}

static PyTypeObject Tape_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "tape.Tape",
    .tp_basicsize = sizeof(Tape),
    .tp_dealloc = (destructor)Tape_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
};

static PyMethodDef tape_methods[] = {
    {"cut", tape_cut, METH_VARARGS, PyDoc_STR("cut(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef tape_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "tape",
    .m_size = -1,
    .m_methods = tape_methods,
};

PyMODINIT_FUNC
PyInit_tape(void)
{
    return PyModule_Create(&tape_module);
}

/* run: assert type(mod.cut(3, True)).__name__ == "Tape" */
/* run: assert type(mod.cut(4, False)).__name__ == "Tape" */
