/* begin() keeps the state in the object; one error path of the method forgets end(). */
#include <Python.h>
#include <errno.h>
#include <unistd.h>

typedef struct {
    PyObject_HEAD
    int fd;
    PyThreadState *ts;
} Channel;

static void
channel_begin(Channel *self)
{
    self->ts = PyEval_SaveThread();
}

static void
channel_end(Channel *self)
{
    PyThreadState *ts = self->ts;

    self->ts = NULL;
    PyEval_RestoreThread(ts);
}

/* Length of the channel: bytes that one read brings, -1 with an exception. */
static Py_ssize_t
channel_length(PyObject *op)
{
    Channel *self = (Channel *)op;
    char buffer[256];
    ssize_t n;

    channel_begin(self);
    n = read(self->fd, buffer, sizeof(buffer));
    if (n < 0 && errno == EAGAIN) {
        return 0; // expect: gil-unbalanced // because: 35
    }
    channel_end(self);
    if (n < 0)
        PyErr_SetFromErrno(PyExc_OSError);
    return n;
}

static int
channel_init(PyObject *op, PyObject *args, PyObject *Py_UNUSED(kwds))
{
    return PyArg_ParseTuple(args, "i:Channel", &((Channel *)op)->fd) ? 0 : -1;
}

static PySequenceMethods channel_as_sequence = {
    .sq_length = channel_length,
};

static PyTypeObject ChannelType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "channel.Channel",
    .tp_basicsize = sizeof(Channel),
    .tp_as_sequence = &channel_as_sequence,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_init = channel_init,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef channel_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "channel",
    .m_size = -1,
    .m_methods = NULL,
};

PyMODINIT_FUNC
PyInit_channel(void)
{
    PyObject *m = PyModule_Create(&channel_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &ChannelType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: r, w = os.pipe(); os.set_blocking(r, False); c = mod.Channel(r); os.write(w, b"abc"); assert len(c) == 3; len(c) */
/* dies: signal|Fatal Python error */
