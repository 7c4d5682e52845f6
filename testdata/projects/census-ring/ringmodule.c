#include "ring.h"

#include <stdlib.h>

static PyObject *ring_sum(PyObject *self, PyObject *args)
{
    struct ring ring;
    Py_ssize_t n;
    int failed;

    (void)self;
    if (!PyArg_ParseTuple(args, "n", &n))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    failed = ring_init(&ring, (size_t)n);
    Py_END_ALLOW_THREADS
    if (failed)
        return PyErr_NoMemory();
    ring_clear(&ring);
    Py_RETURN_NONE;
}

static PyObject *ring_zeros(PyObject *self, PyObject *args)
{
    char *zeros = PyMem_Calloc(16, 32);
    PyObject *result;

    (void)self;
    (void)args;
    if (zeros == NULL)
        return PyErr_NoMemory();
    result = PyBytes_FromStringAndSize(zeros, 512);
    PyMem_Free(zeros);
    return result;
}

static PyMethodDef methods[] = {
    {"sum", ring_sum, METH_VARARGS, NULL},
    {"zeros", ring_zeros, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "ring", NULL, -1, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit_ring(void)
{
    return PyModule_Create(&module);
}
