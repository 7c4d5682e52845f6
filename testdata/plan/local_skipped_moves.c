/* --to pymem. What is left out is another variable. */
#include <Python.h>
#include <stdlib.h>

static PyObject *use(PyObject *self, PyObject *args)
{
    char *devices;
#ifdef OTHER_SYSTEM
    char *devices_open;
#endif

    (void)self;
    (void)args;
#ifdef OTHER_SYSTEM
    devices_open = other_devices();
#endif
    devices = malloc(32); // plan: movable
    free(devices); // plan: movable
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *use_methods(void)
{
    return methods;
}
