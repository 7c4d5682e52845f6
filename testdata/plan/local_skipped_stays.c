/* --to pymem. Another system fills the same variable from elsewhere. */
#include <Python.h>
#include <stdlib.h>

static PyObject *use(PyObject *self, PyObject *args)
{
    char *devices;

    (void)self;
    (void)args;
#ifdef OTHER_SYSTEM
    devices = other_devices();
#else
    devices = malloc(32); // plan: not-movable skipped-code
#endif
    free(devices); // plan: not-movable skipped-code
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *use_methods(void)
{
    return methods;
}
