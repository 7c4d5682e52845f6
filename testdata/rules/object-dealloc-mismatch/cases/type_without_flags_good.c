/* A type whose flags are not written still makes objects, which are released as such. */
#include <Python.h>

typedef struct {
    PyObject_HEAD
    long ticks;
} Clock;

static PyTypeObject ClockType;

static void
clock_dealloc(PyObject *op)
{
    PyObject_Free(op);
}

static PyTypeObject ClockType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "clock.Clock",
    .tp_basicsize = sizeof(Clock),
    .tp_dealloc = clock_dealloc,
};

static PyObject *
clock_at(PyObject *Py_UNUSED(module), PyObject *ticks)
{
    Clock *clock = PyObject_New(Clock, &ClockType);

    if (clock == NULL)
        return NULL;
    clock->ticks = PyLong_AsLong(ticks);
    return (PyObject *)clock;
}

static PyMethodDef clock_methods[] = {
    {"at", clock_at, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef clock_module = {
    PyModuleDef_HEAD_INIT, "clock", NULL, -1, clock_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_clock(void)
{
    if (PyType_Ready(&ClockType) < 0)
        return NULL;
    return PyModule_Create(&clock_module);
}
/* run: c = mod.at(3); del c */
