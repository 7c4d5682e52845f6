/* A wait loop polls for signals; the poll stands outside the released part. */
#include <Python.h>
#include <errno.h>
#include <poll.h>

static PyObject *
wait_readable(PyObject *Py_UNUSED(module), PyObject *args)
{
    struct pollfd p = {.events = POLLIN};
    int rounds, n = 0;

    if (!PyArg_ParseTuple(args, "ii:readable", &p.fd, &rounds))
        return NULL;
    while (rounds-- > 0 && n == 0) {
        Py_BEGIN_ALLOW_THREADS
        n = poll(&p, 1, 20);
        Py_END_ALLOW_THREADS
        if (n < 0 && errno == EINTR)
            n = 0;
        if (PyErr_CheckSignals() < 0)
            return NULL;
    }
    if (n < 0)
        return PyErr_Occurred() ? NULL : PyErr_SetFromErrno(PyExc_OSError);
    return PyBool_FromLong(n);
}

static PyMethodDef waitfd_methods[] = {
    {"readable", wait_readable, METH_VARARGS, PyDoc_STR("readable(...)")},
    {NULL, NULL, 0, NULL},
};

static int
waitfd_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot waitfd_slots[] = {
    {Py_mod_exec, waitfd_exec},
    {0, NULL},
};

static struct PyModuleDef waitfd_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "waitfd",
    .m_methods = waitfd_methods,
    .m_slots = waitfd_slots,
};

PyMODINIT_FUNC
PyInit_waitfd(void)
{
    return PyModuleDef_Init(&waitfd_module);
}
/* run: import signal; signal.signal(signal.SIGALRM, lambda *a: None); signal.setitimer(signal.ITIMER_REAL, 0.05) */
/* run: r, w = os.pipe(); assert mod.readable(r, 10) is False */
