/* Objects come from tp_alloc; the dealloc function treats them as plain PyMem blocks. */
#include <Python.h>

typedef struct {
    PyObject_HEAD
    double seconds;
} Timer;

static PyObject *
timer_new(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(kwds))
{
    double seconds;
    Timer *self;

    if (!PyArg_ParseTuple(args, "d:Timer", &seconds))
        return NULL;
    self = (Timer *)type->tp_alloc(type, 0);
    if (self != NULL)
        self->seconds = seconds;
    return (PyObject *)self;
}

static void
timer_dealloc(PyObject *op)
{
    Py_TYPE(op)->tp_free(op);
}

static PyTypeObject TimerType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "timer.Timer",
    .tp_basicsize = sizeof(Timer),
    .tp_dealloc = timer_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = timer_new,
};

static struct PyModuleDef timer_module = {
    PyModuleDef_HEAD_INIT, "timer", NULL, -1, NULL, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_timer(void)
{
    PyObject *m = PyModule_Create(&timer_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &TimerType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: t = mod.Timer(1.5); del t */
