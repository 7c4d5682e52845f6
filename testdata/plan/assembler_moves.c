/* --to pymem. Assembler statements that get numbers, and nothing that leads to the block. */
#include <Python.h>
#include <stdlib.h>

static PyObject *use(PyObject *self, PyObject *args)
{
    char *block = malloc(8); // plan: movable
    unsigned low = 0, high = 1;
    (void)self;
    (void)args;
    if (!block)
        return PyErr_NoMemory();
    __asm__ volatile("" : "=r"(low), "+r"(high) : "r"(1) : "memory");
    block[0] = (char)(low + high);
    free(block); // plan: movable
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *block_methods(void)
{
    return methods;
}
