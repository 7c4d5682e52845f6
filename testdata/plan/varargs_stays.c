/* --to pymem. The block travels through variable arguments, where nobody follows it. */
#include <Python.h>
#include <stdarg.h>
#include <stdlib.h>

static void drop(int n, ...)
{
    va_list args;
    char *block;

    va_start(args, n);
    block = va_arg(args, char *);
    va_end(args);
    free(block); // plan: not-movable from-outside
}

static PyObject *use(PyObject *self, PyObject *args)
{
    char *block = malloc(8); // plan: not-movable passed-to-unknown

    (void)self;
    (void)args;
    drop(1, block);
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *use_methods(void)
{
    return methods;
}
