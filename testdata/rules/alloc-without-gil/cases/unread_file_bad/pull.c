/* What takes the lock back stands in a file that could not be read: what comes behind it is not told as certain. */
#include "queue.h"

#include <stdlib.h>
#include <unistd.h>

static PyObject *
pull_read(PyObject *Py_UNUSED(module), PyObject *arg)
{
    int fd = (int)PyLong_AsLong(arg);
    PyThreadState *state;
    PyObject *line;
    ssize_t n = -1;
    char *bytes;

    if (fd == -1 && PyErr_Occurred())
        return NULL;
    state = PyEval_SaveThread();
    bytes = PyMem_Malloc(512); // expect: alloc-without-gil // because: 18
    if (bytes != NULL)
        n = read(fd, bytes, 512);
    queue_enter(&state);
    line = n < 0 ? PyErr_SetFromErrno(PyExc_OSError) : PyBytes_FromStringAndSize(bytes, n);
    PyMem_Free(bytes); // expect-medium: alloc-without-gil // because: 18
    return line;
}

static PyMethodDef pull_methods[] = {
    {"read", pull_read, METH_O, PyDoc_STR("read(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef pull_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "pull",
    .m_size = -1,
    .m_methods = pull_methods,
};

PyMODINIT_FUNC
PyInit_pull(void)
{
    return PyModule_Create(&pull_module);
}
/* run: import os; r, w = os.pipe(); os.write(w, b"ab"); assert mod.read(r) == b"ab" */
/* dies: without holding the GIL|signal 11 */
