/* --to pymem. And moves, when none of them leaves the tree. */
#include <Python.h>
#include <stdlib.h>

union either {
    char *text;
    void *bytes;
};

static PyObject *use(PyObject *self, PyObject *arg)
{
    union either either;
    either.text = malloc(8); // plan: movable
    free(either.text); // plan: movable
    (void)self;
    (void)arg;
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_O, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *union_methods(void)
{
    return methods;
}
