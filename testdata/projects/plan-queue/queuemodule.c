#include <Python.h>

#include "queue.h"

static PyObject *queue_sum(PyObject *self, PyObject *args)
{
    struct queue queue = {NULL, 0};
    char *line, *name;
    int failed;

    (void)self;
    (void)args;
    name = PyMem_Malloc(16);
    if (name == NULL)
        return PyErr_NoMemory();
    PyMem_Free(name);
    if (queue_reserve(&queue, 10) < 0)
        return PyErr_NoMemory();
    Py_BEGIN_ALLOW_THREADS
    line = line_copy("sum");
    failed = line == NULL;
    line_free(line);
    Py_END_ALLOW_THREADS
    queue_clear(&queue);
    if (failed)
        return PyErr_NoMemory();
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"sum", queue_sum, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};

static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "queue", NULL, -1, methods, NULL, NULL, NULL, NULL};

PyMODINIT_FUNC PyInit_queue(void)
{
    return PyModule_Create(&module);
}
