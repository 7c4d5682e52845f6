/* A read loop saves and restores per turn; after the break the lock is back when the result is made. */
#include <Python.h>
#include <unistd.h>

static PyObject *
drain_count(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyThreadState *ts;
    char sink[256];
    long total = 0;
    ssize_t n;
    PyObject *result;
    int fd;

    if (!PyArg_ParseTuple(args, "i:count", &fd))
        return NULL;
    for (;;) {
        ts = PyEval_SaveThread();
        n = read(fd, sink, sizeof(sink));
        if (n <= 0)
            break;
        PyEval_RestoreThread(ts);
        total += n;
        if (PyErr_CheckSignals() < 0)
            return NULL;
    }
    PyEval_RestoreThread(ts);
    if (n < 0)
        result = PyErr_SetFromErrno(PyExc_OSError);
    else
        result = PyLong_FromLong(total);
    return result;
}

static PyMethodDef drain_methods[] = {
    {"count", drain_count, METH_VARARGS, PyDoc_STR("count(...)")},
    {NULL, NULL, 0, NULL},
};

static int
drain_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot drain_slots[] = {
    {Py_mod_exec, drain_exec},
    {0, NULL},
};

static struct PyModuleDef drain_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "drain",
    .m_methods = drain_methods,
    .m_slots = drain_slots,
};

PyMODINIT_FUNC
PyInit_drain(void)
{
    return PyModuleDef_Init(&drain_module);
}
/* run: r, w = os.pipe(); os.write(w, b"x" * 600); os.close(w); assert mod.count(r) == 600 */
