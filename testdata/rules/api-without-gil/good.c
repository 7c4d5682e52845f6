/* Report an error of a call that runs without the lock. */
#include <Python.h>
#include <unistd.h>

PyObject *sync_file(PyObject *module, PyObject *arg)
{
    int status, fd = PyObject_AsFileDescriptor(arg);

    if (fd < 0)
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    status = fsync(fd);
    Py_END_ALLOW_THREADS
    if (status < 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    Py_RETURN_NONE;
}
