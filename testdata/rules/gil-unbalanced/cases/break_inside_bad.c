/* break jumps over the re-acquire that stands at the end of the loop body. */
#include <Python.h>
#include <unistd.h>

static int
sink_setbyte(PyObject *op, PyObject *value, void *closure);

typedef struct {
    PyObject_HEAD
    int fd;
} Sink;

/* Setter: writes the byte three times. */
static int
sink_setbyte(PyObject *op, PyObject *value, void *Py_UNUSED(closure))
{
    long byte = value != NULL ? PyLong_AsLong(value) : -2;
    int status = 0;
    char c;

    if (byte == -1 && PyErr_Occurred())
        return -1;
    c = (char)byte;
    for (int i = 0; i < 3; i++) {
        PyThreadState *ts = PyEval_SaveThread();
        status = write(((Sink *)op)->fd, &c, 1) == 1 ? 0 : -1;
        if (status < 0)
            break;
        PyEval_RestoreThread(ts);
    }
    return status; // expect: gil-unbalanced // because: 25
}

static int
sink_init(PyObject *op, PyObject *args, PyObject *Py_UNUSED(kwds))
{
    return PyArg_ParseTuple(args, "i:Sink", &((Sink *)op)->fd) ? 0 : -1;
}

static PyGetSetDef sink_getset[] = {
    {"byte", NULL, sink_setbyte, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyTypeObject SinkType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "sink.Sink",
    .tp_basicsize = sizeof(Sink),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_getset = sink_getset,
    .tp_init = sink_init,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef sink_module = {
    PyModuleDef_HEAD_INIT, "sink", NULL, -1, NULL, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_sink(void)
{
    PyObject *m = PyModule_Create(&sink_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &SinkType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: s = mod.Sink(1234) */
/* run: try: s.byte = 1 */
/* run: except OSError: pass */
/* dies: signal|Fatal Python error */
