/* tp_free is PyObject_GC_Del, but the type does not have the GC flag. */
#include <Python.h>

typedef struct {
    PyObject_HEAD
    long ticks;
} Clock;

static void
clock_dealloc(PyObject *op)
{
    Py_TYPE(op)->tp_free(op);
}

static PyObject *
clock_tick(PyObject *op, PyObject *Py_UNUSED(none))
{
    return PyLong_FromLong(++((Clock *)op)->ticks);
}

static PyMethodDef clock_methods[] = {
    {"tick", clock_tick, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject ClockType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "clockmod.Clock",
    .tp_basicsize = sizeof(Clock),
    .tp_dealloc = clock_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = clock_methods,
    .tp_alloc = PyType_GenericAlloc,
    .tp_new = PyType_GenericNew,
    .tp_free = PyObject_GC_Del, // expect: type-slot-mismatch
};

static int
clockmod_exec(PyObject *m)
{
    if (PyModule_AddType(m, &ClockType) < 0)
        return -1;
    return 0;
}

static PyModuleDef_Slot clockmod_slots[] = {
    {Py_mod_exec, clockmod_exec},
    {0, NULL},
};

static struct PyModuleDef clockmod_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "clockmod",
    .m_methods = NULL,
    .m_slots = clockmod_slots,
};

PyMODINIT_FUNC
PyInit_clockmod(void)
{
    return PyModuleDef_Init(&clockmod_module);
}
/* run: c = mod.Clock(); assert c.tick() == 1; del c */
/* dies: signal */
