/* PyObject_New inside a region: an object allocator needs the lock as any other. */
#include <Python.h>
#include <time.h>

typedef struct {
    PyObject_HEAD
    long seconds, nanos;
} Tick;

static PyTypeObject TickType;

static void
tick_dealloc(PyObject *self)
{
    PyObject_Free(self);
}

static PyObject *
tick_repr(PyObject *self)
{
    Tick *t = (Tick *)self;
    return PyUnicode_FromFormat("<tick %ld.%ld>", t->seconds, t->nanos);
}

static PyTypeObject TickType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "ticks.Tick",
    .tp_basicsize = sizeof(Tick),
    .tp_dealloc = tick_dealloc,
    .tp_repr = tick_repr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
};

static PyObject *
ticks_sleep(PyObject *Py_UNUSED(module), PyObject *args)
{
    struct timespec pause = {0, 0}, now = {0, 0};
    long ms;
    Tick *tick;

    if (!PyArg_ParseTuple(args, "l:sleep", &ms))
        return NULL;
    pause.tv_nsec = ms % 1000 * 1000000;
    Py_BEGIN_ALLOW_THREADS
    nanosleep(&pause, NULL);
    clock_gettime(CLOCK_MONOTONIC, &now);
    tick = PyObject_New(Tick, &TickType); // expect: alloc-without-gil // because: 44
    Py_END_ALLOW_THREADS
    if (tick == NULL)
        return NULL;
    tick->seconds = (long)now.tv_sec;
    tick->nanos = now.tv_nsec;
    return (PyObject *)tick;
}

static PyMethodDef ticks_methods[] = {
    {"sleep", ticks_sleep, METH_VARARGS, PyDoc_STR("sleep(...)")},
    {NULL, NULL, 0, NULL},
};

static int
ticks_exec(PyObject *m)
{
    if (PyModule_AddType(m, &TickType) < 0)
        return -1;
    return 0;
}

static PyModuleDef_Slot ticks_slots[] = {
    {Py_mod_exec, ticks_exec},
    {0, NULL},
};

static struct PyModuleDef ticks_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "ticks",
    .m_methods = ticks_methods,
    .m_slots = ticks_slots,
};

PyMODINIT_FUNC
PyInit_ticks(void)
{
    return PyModuleDef_Init(&ticks_module);
}
/* run: mod.sleep(1) */
/* dies: Python memory allocator called without holding the GIL */
