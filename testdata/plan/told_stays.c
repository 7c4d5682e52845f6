/* --to pymem. The model says that it is called, but not in which state. */
#include <Python.h>
#include <signal.h>
#include <stdlib.h>

static void on_event(int n)
{
    char *block = malloc((size_t)n); // plan: movable-raw gil

    free(block); // plan: movable-raw gil
}

static PyObject *use(PyObject *self, PyObject *args)
{
    (void)self;
    (void)args;
    signal(SIGUSR1, on_event);
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *use_methods(void)
{
    return methods;
}
