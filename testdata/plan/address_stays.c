/* --to pymem. A number that is no address of C becomes one: nobody knows whose. */
#include <Python.h>
#include <stdlib.h>

static void drop(double where)
{
    union {
        double number;
        char *block;
    } both;

    both.number = where * 2.0;
    free(both.block); // plan: not-movable not-understood
}

static PyObject *use(PyObject *self, PyObject *args)
{
    (void)self;
    (void)args;
    drop(0.0);
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *use_methods(void)
{
    return methods;
}
