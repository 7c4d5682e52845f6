/* The type has the GC flag, so tp_alloc makes GC objects; PyObject_Free in the dealloc function is wrong. */
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *callbacks; /* list */
} Signal;

static PyObject *
signal_new(PyTypeObject *type, PyObject *Py_UNUSED(args), PyObject *Py_UNUSED(kwds))
{
    Signal *self = (Signal *)type->tp_alloc(type, 0);

    if (self != NULL && (self->callbacks = PyList_New(0)) == NULL)
        Py_CLEAR(self);
    return (PyObject *)self;
}

static int
signal_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(((Signal *)op)->callbacks);
    return 0;
}

static int
signal_clear(PyObject *op)
{
    Py_CLEAR(((Signal *)op)->callbacks);
    return 0;
}

static void
signal_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    signal_clear(op);
    PyObject_Free(op); // expect: object-dealloc-mismatch
}

static PyTypeObject SignalType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "signals.Signal",
    .tp_basicsize = sizeof(Signal),
    .tp_dealloc = signal_dealloc,
    .tp_traverse = signal_traverse,
    .tp_clear = signal_clear,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_new = signal_new,
};

static int
signals_exec(PyObject *m)
{
    if (PyModule_AddType(m, &SignalType) < 0)
        return -1;
    return 0;
}

static PyModuleDef_Slot signals_slots[] = {
    {Py_mod_exec, signals_exec},
    {0, NULL},
};

static struct PyModuleDef signals_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "signals",
    .m_methods = NULL,
    .m_slots = signals_slots,
};

PyMODINIT_FUNC
PyInit_signals(void)
{
    return PyModuleDef_Init(&signals_module);
}
/* run: s = mod.Signal(); del s */
/* dies: bad ID|signal */
