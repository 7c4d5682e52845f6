/* An exception is set between Py_BEGIN_ALLOW_THREADS and its end. */
#include <Python.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <string.h>
#include <unistd.h>

/* Connects to a local socket and returns its descriptor. */
static PyObject *
unixsock_dial(PyObject *Py_UNUSED(module), PyObject *args)
{
    struct sockaddr_un peer = {.sun_family = AF_UNIX};
    const char *path;
    int fd, status = -1;

    if (!PyArg_ParseTuple(args, "s:dial", &path))
        return NULL;
    if (strlen(path) >= sizeof(peer.sun_path)) {
        PyErr_SetString(PyExc_ValueError, "path too long");
        return NULL;
    }
    strcpy(peer.sun_path, path);

    Py_BEGIN_ALLOW_THREADS
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0)
        status = connect(fd, (struct sockaddr *)&peer, sizeof(peer));
    if (status < 0)
        PyErr_SetFromErrnoWithFilename(PyExc_OSError, path); // expect: api-without-gil // because: 24
    Py_END_ALLOW_THREADS

    if (status < 0) {
        if (fd >= 0)
            close(fd);
        return NULL;
    }
    return PyLong_FromLong(fd);
}

static PyMethodDef unixsock_methods[] = {
    {"dial", unixsock_dial, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef unixsock_module = {
    PyModuleDef_HEAD_INIT, "unixsock", NULL, -1, unixsock_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_unixsock(void)
{
    return PyModule_Create(&unixsock_module);
}
/* run: try: mod.dial("/nonexistent/socket") */
/* run: except OSError: pass */
/* dies: signal 11|without holding the GIL */
