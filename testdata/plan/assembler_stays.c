/* --to pymem. An assembler statement gets the block: what the instructions do with it is not known. */
#include <Python.h>
#include <stdlib.h>

static PyObject *use(PyObject *self, PyObject *args)
{
    char *block = malloc(8); // plan: not-movable passed-to-unknown
    (void)self;
    (void)args;
    if (!block)
        return PyErr_NoMemory();
    __asm__ volatile("" : : "r"(block) : "memory");
    free(block); // plan: not-movable passed-to-unknown
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *block_methods(void)
{
    return methods;
}
