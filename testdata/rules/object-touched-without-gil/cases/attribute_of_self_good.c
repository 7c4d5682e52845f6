/* A bytes object held by a field: another thread may replace it through the setter. */
#include <Python.h>
#include <zlib.h>

typedef struct {
    PyObject_HEAD
    PyObject *payload; /* bytes, replaced by the setter */
} Frame;

static PyObject *
frame_crc(PyObject *op, PyObject *Py_UNUSED(none))
{
    Frame *self = (Frame *)op;
    unsigned long crc;

    PyObject *payload = Py_NewRef(self->payload);
    const char *bytes = PyBytes_AS_STRING(payload);
    Py_BEGIN_ALLOW_THREADS
    crc = crc32(0, (const unsigned char *)bytes, 4);
    Py_END_ALLOW_THREADS
    Py_DECREF(payload);
    return PyLong_FromUnsignedLong(crc);
}

static int
frame_set(PyObject *op, PyObject *value, void *Py_UNUSED(closure))
{
    if (value == NULL || !PyBytes_CheckExact(value) || PyBytes_GET_SIZE(value) < 4) {
        PyErr_SetString(PyExc_TypeError, "at least four bytes");
        return -1;
    }
    Py_XSETREF(((Frame *)op)->payload, Py_NewRef(value));
    return 0;
}

static int
frame_init(PyObject *op, PyObject *args, PyObject *Py_UNUSED(kwds))
{
    PyObject *payload;

    return PyArg_ParseTuple(args, "S:Frame", &payload) ? frame_set(op, payload, NULL) : -1;
}

static void
frame_dealloc(PyObject *op)
{
    Py_XDECREF(((Frame *)op)->payload);
    Py_TYPE(op)->tp_free(op);
}

static PyMethodDef frame_methods[] = {
    {"crc", frame_crc, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyGetSetDef frame_getset[] = {
    {"payload", NULL, frame_set, NULL, NULL},
    {NULL, NULL, NULL, NULL, NULL},
};

static PyTypeObject FrameType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "frame.Frame",
    .tp_basicsize = sizeof(Frame),
    .tp_dealloc = frame_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = frame_methods,
    .tp_getset = frame_getset,
    .tp_init = frame_init,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef frame_module = {
    PyModuleDef_HEAD_INIT, "frame", NULL, -1, NULL, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_frame(void)
{
    PyObject *m = PyModule_Create(&frame_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &FrameType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* link: -lz */
/* run: f = mod.Frame(b"abcd"); f.crc(); f.payload = b"efgh" */
