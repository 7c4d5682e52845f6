/* --to pymem. The same block, looked at and released here. */
#include <Python.h>
#include <stdlib.h>

static PyObject *session_new(PyObject *self, PyObject *args)
{
    char *session = malloc(64); // plan: movable
    PyObject *bytes;

    (void)self;
    (void)args;
    if (session == NULL)
        return PyErr_NoMemory();
    bytes = PyBytes_FromStringAndSize(session, 64);
    free(session); // plan: movable
    return bytes;
}

static PyMethodDef methods[] = {{"session", session_new, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *session_methods(void)
{
    return methods;
}
