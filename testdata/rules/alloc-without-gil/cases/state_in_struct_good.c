/* The thread state is kept in a struct: one function releases, another takes back, a third allocates between. */
#include <Python.h>
#include <string.h>
#include <unistd.h>

struct session {
    int fd;
    PyThreadState *outside; /* set while the lock is not ours */
    char *last;
    size_t lastlen;
};

static void
session_leave(struct session *s)
{
    s->outside = PyEval_SaveThread();
}

static void
session_enter(struct session *s)
{
    PyEval_RestoreThread(s->outside);
    s->outside = NULL;
}

static int
session_remember(struct session *s, const char *bytes, size_t n)
{
    char *copy = PyMem_Realloc(s->last, n + 1); // with the lock

    if (copy == NULL)
        return -1;
    memcpy(copy, bytes, n);
    s->last = copy;
    s->lastlen = n;
    return 0;
}

static int
session_receive(struct session *s)
{
    char frame[512];
    ssize_t n;
    int status;

    session_leave(s);
    n = read(s->fd, frame, sizeof(frame));
    session_enter(s);
    status = n < 0 ? -1 : session_remember(s, frame, (size_t)n);
    return status;
}

static PyObject *
session_read_frame(PyObject *Py_UNUSED(module), PyObject *args)
{
    struct session s = {-1, NULL, NULL, 0};
    PyObject *frame;

    if (!PyArg_ParseTuple(args, "i:read_frame", &s.fd))
        return NULL;
    if (session_receive(&s) < 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    frame = PyBytes_FromStringAndSize(s.last, (Py_ssize_t)s.lastlen);
    PyMem_Free(s.last);
    return frame;
}

static PyMethodDef frames_methods[] = {
    {"read_frame", session_read_frame, METH_VARARGS, PyDoc_STR("read frame(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef frames_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "frames",
    .m_size = -1,
    .m_methods = frames_methods,
};

PyMODINIT_FUNC
PyInit_frames(void)
{
    return PyModule_Create(&frames_module);
}
/* run: r, w = os.pipe(); os.write(w, b"hello"); assert mod.read_frame(r) == b"hello" */
