/* Instances of a heap type hold a reference to it; the dealloc function forgets it. */
#include <Python.h>

typedef struct {
    PyObject_HEAD
    long n;
} Counter;

static PyObject *
counter_call(PyObject *op, PyObject *Py_UNUSED(args), PyObject *Py_UNUSED(kwds))
{
    return PyLong_FromLong(((Counter *)op)->n++);
}

static void
counter_dealloc(PyObject *op)
{
    PyTypeObject *type = Py_TYPE(op);

    type->tp_free(op);
}

static PyType_Slot counter_slots[] = {
    {Py_tp_dealloc, counter_dealloc}, // expect: type-slot-mismatch
    {Py_tp_call, counter_call},
    {Py_tp_new, PyType_GenericNew},
    {0, NULL},
};

static PyType_Spec counter_spec = {
    .name = "counters.Counter",
    .basicsize = sizeof(Counter),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = counter_slots,
};

static int
counters_setup(PyObject *m)
{
    PyObject *type = PyType_FromSpec(&counter_spec);

    if (type == NULL)
        return -1;
    if (PyModule_AddObject(m, "Counter", type) < 0) {
        Py_DECREF(type);
        return -1;
    }
    return 0;
}

static int
counters_exec(PyObject *m)
{
    if (counters_setup(m) < 0)
        return -1;
    return 0;
}

static PyModuleDef_Slot counters_slots[] = {
    {Py_mod_exec, counters_exec},
    {0, NULL},
};

static struct PyModuleDef counters_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "counters",
    .m_methods = NULL,
    .m_slots = counters_slots,
};

PyMODINIT_FUNC
PyInit_counters(void)
{
    return PyModuleDef_Init(&counters_module);
}
/* run: before = sys.getrefcount(mod.Counter) */
/* run: for i in range(10): mod.Counter()() */
/* run: assert sys.getrefcount(mod.Counter) == before */
/* raises: AssertionError */
