/* A field of an object takes the result directly: on failure the old array is lost and the count is wrong. */
#include <Python.h>

typedef struct {
    PyObject_HEAD
    unsigned char *cells;
    Py_ssize_t size;
} Tape;

static int
tape_resize(Tape *self, Py_ssize_t size)
{
    self->cells = PyMem_Realloc(self->cells, (size_t)size); // expect: realloc-loses-pointer
    if (self->cells == NULL) {
        self->size = 0;
        PyErr_NoMemory();
        return -1;
    }
    self->size = size;
    return 0;
}

static int
tape_init(PyObject *op, PyObject *args, PyObject *Py_UNUSED(kwds))
{
    Py_ssize_t size;

    if (!PyArg_ParseTuple(args, "n:Tape", &size))
        return -1;
    return tape_resize((Tape *)op, size);
}

static void
tape_dealloc(PyObject *op)
{
    PyMem_Free(((Tape *)op)->cells);
    Py_TYPE(op)->tp_free(op);
}

static PyObject *
tape_widen(PyObject *op, PyObject *arg)
{
    Py_ssize_t size = PyNumber_AsSsize_t(arg, PyExc_OverflowError);

    if (size == -1 && PyErr_Occurred())
        return NULL;
    if (tape_resize((Tape *)op, size) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef tape_methods[] = {
    {"widen", tape_widen, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject TapeType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "tape.Tape",
    .tp_basicsize = sizeof(Tape),
    .tp_dealloc = tape_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = tape_methods,
    .tp_init = tape_init,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef tape_module = {
    PyModuleDef_HEAD_INIT, "tape", NULL, -1, NULL, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_tape(void)
{
    PyObject *m = PyModule_Create(&tape_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &TapeType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: t = mod.Tape(1000) */
/* run: try: t.widen(1 << 62) */
/* run: except MemoryError: pass */
/* run: del t */
/* leaks: tape_resize */
/* says: the old block from the field 'cells' */
