/* --to pymem. The record is ours. */
#include <Python.h>
#include <stdlib.h>

struct box {
    void *internal;
};

static int box_open(struct box *box)
{
    box->internal = malloc(16); // plan: movable
    return box->internal ? 0 : -1;
}

static PyObject *box_use(PyObject *self, PyObject *args)
{
    struct box box;

    (void)self;
    (void)args;
    if (box_open(&box) < 0)
        return PyErr_NoMemory();
    free(box.internal); // plan: movable
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", box_use, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *box_methods(void)
{
    return methods;
}
