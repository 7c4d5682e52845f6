/* --to pymem. A member of a union is any other one of it. */
#include <Python.h>
#include <stdlib.h>

union either {
    char *text;
    void *bytes;
};
extern void take(void *bytes);

static PyObject *use(PyObject *self, PyObject *arg)
{
    union either either;
    either.text = malloc(8); // plan: not-movable passed-to-unknown
    if (arg == self) {
        take(either.bytes);
        Py_RETURN_NONE;
    }
    free(either.text); // plan: not-movable passed-to-unknown
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_O, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *union_methods(void)
{
    return methods;
}
