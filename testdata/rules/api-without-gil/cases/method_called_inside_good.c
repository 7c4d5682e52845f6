/* A function of the method table (entered with the lock) is also called by a sibling inside its region. */
#include <Python.h>
#include <unistd.h>

typedef struct {
    PyObject_HEAD
    int fd;
    size_t used;
    char buffer[128];
} Writer;

static PyObject *
writer_flush(PyObject *op, PyObject *Py_UNUSED(none))
{
    Writer *self = (Writer *)op;
    size_t done = 0;

    while (done < self->used) {
        ssize_t n = write(self->fd, self->buffer + done, self->used - done);
        if (n < 0)
            return PyErr_SetFromErrno(PyExc_OSError); // entered with the lock only
        done += (size_t)n;
    }
    self->used = 0;
    Py_RETURN_NONE; // a reference
}

static PyObject *
writer_close(PyObject *op, PyObject *Py_UNUSED(none))
{
    Writer *self = (Writer *)op;
    PyObject *r;

    r = writer_flush(op, NULL);
    Py_BEGIN_ALLOW_THREADS
    close(self->fd);
    Py_END_ALLOW_THREADS
    self->fd = -1;
    return r;
}

static PyObject *
writer_put(PyObject *op, PyObject *arg)
{
    Writer *self = (Writer *)op;
    long c = PyLong_AsLong(arg);

    if (c == -1 && PyErr_Occurred())
        return NULL;
    if (self->used == sizeof(self->buffer)) {
        PyObject *r = writer_flush(op, NULL);
        if (r == NULL)
            return NULL;
        Py_DECREF(r);
    }
    self->buffer[self->used++] = (char)c;
    Py_RETURN_NONE;
}

static int
writer_init(PyObject *op, PyObject *args, PyObject *Py_UNUSED(kwds))
{
    return PyArg_ParseTuple(args, "i:Writer", &((Writer *)op)->fd) ? 0 : -1;
}

static PyMethodDef writer_methods[] = {
    {"flush", writer_flush, METH_NOARGS, NULL},
    {"close", writer_close, METH_NOARGS, NULL},
    {"put", writer_put, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject WriterType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "writer.Writer",
    .tp_basicsize = sizeof(Writer),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
    .tp_init = writer_init,
    .tp_methods = writer_methods,
};

static struct PyModuleDef writer_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "writer",
    .m_size = -1,
    .m_methods = NULL,
};

PyMODINIT_FUNC
PyInit_writer(void)
{
    PyObject *m = PyModule_Create(&writer_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &WriterType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: w = mod.Writer(1234); w.put(65) */
/* run: try: w.close() */
/* run: except OSError: pass */
