/* --to pymem. The model says that it is called during the call, as the caller is. */
#include <Python.h>
#include <stdlib.h>

static int compare(const void *a, const void *b)
{
    char *block = malloc(8); // plan: movable

    free(block); // plan: movable
    return a < b ? -1 : 1;
}

static PyObject *use(PyObject *self, PyObject *args)
{
    int numbers[2] = {2, 1};

    (void)self;
    (void)args;
    qsort(numbers, 2, sizeof *numbers, compare);
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *use_methods(void)
{
    return methods;
}
