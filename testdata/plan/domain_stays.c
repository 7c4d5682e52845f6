/* --to pyobject. On free-threaded builds that domain is for objects only. */
#include <Python.h>
#include <stdlib.h>

static PyObject *use(PyObject *self, PyObject *args)
{
    char *block = malloc(32); // plan: not-movable objects-only

    (void)self;
    (void)args;
    free(block); // plan: not-movable objects-only
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *use_methods(void)
{
    return methods;
}
