/* errno is cleared, a call fails, errno is looked at: the error is raised before the lock is back. */
#include <Python.h>
#include <errno.h>
#include <unistd.h>

static PyObject *
flusher_flush(PyObject *Py_UNUSED(module), PyObject *arg)
{
    int fd = (int)PyLong_AsLong(arg), reason;

    if (fd == -1 && PyErr_Occurred())
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    errno = 0;
    fsync(fd);
    reason = errno;
    Py_END_ALLOW_THREADS
    if (reason != 0 && reason != EINVAL) {
        errno = reason;
        return PyErr_SetFromErrno(PyExc_OSError);
    }
    Py_RETURN_NONE;
}

static PyMethodDef flusher_methods[] = {
    {"flush", flusher_flush, METH_O, PyDoc_STR("flush(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef flusher_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "flusher",
    .m_size = -1,
    .m_methods = flusher_methods,
};

PyMODINIT_FUNC
PyInit_flusher(void)
{
    return PyModule_Create(&flusher_module);
}
/* run: with __import__("contextlib").suppress(OSError): mod.flush(987) */
