/* --to pymem. The macro means another allocator elsewhere. */
#include <Python.h>
#include <stdlib.h>

#ifdef USE_OTHER
#define BLOCK_NEW(n) other_new(n)
#else
#define BLOCK_NEW(n) malloc(n)
#endif

static PyObject *use(PyObject *self, PyObject *args)
{
    char *block = BLOCK_NEW(32); // plan: not-movable skipped-code
    char *other = BLOCK_NEW(64); // plan: not-movable skipped-code

    (void)self;
    (void)args;
    free(block); // plan: not-movable skipped-code
    free(other); // plan: not-movable skipped-code
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *use_methods(void)
{
    return methods;
}
