/* --to pymem. The capsule keeps the block: its destructor is not the only one who may see it. */
#include <Python.h>
#include <stdlib.h>

PyObject *session_new(PyObject *self, PyObject *args)
{
    int *session = malloc(64); // plan: not-movable kept-outside
    PyObject *capsule;

    (void)self;
    (void)args;
    if (session == NULL)
        return PyErr_NoMemory();
    capsule = PyCapsule_New(session, "session", NULL);
    if (capsule == NULL)
        free(session); // plan: not-movable kept-outside
    return capsule;
}
static PyMethodDef methods[] = {{"session", session_new, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *session_methods(void)
{
    return methods;
}
