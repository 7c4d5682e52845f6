/* A list is built node by node and torn down in a loop that saves the next pointer first. */
#include <Python.h>
#include <stdlib.h>

struct cell {
    long value;
    struct cell *next;
};

static void
cells_free(struct cell *c)
{
    while (c != NULL) {
        struct cell *next = c->next;
        PyMem_Free(c);
        c = next;
    }
}

static struct cell *
cells_of(PyObject *iterator)
{
    struct cell *head = NULL;
    PyObject *item;

    while ((item = PyIter_Next(iterator)) != NULL) {
        struct cell *c = PyMem_Malloc(sizeof(*c));
        if (c == NULL) {
            Py_DECREF(item);
            PyErr_NoMemory();
            cells_free(head);
            return NULL;
        }
        c->value = PyLong_AsLong(item);
        c->next = head;
        head = c;
        Py_DECREF(item);
    }
    if (PyErr_Occurred()) {
        cells_free(head);
        return NULL;
    }
    return head;
}

static PyObject *
cells_reversed_sum(PyObject *Py_UNUSED(module), PyObject *arg)
{
    PyObject *iterator = PyObject_GetIter(arg);
    struct cell *head;
    long sum = 0, weight = 1;

    if (iterator == NULL)
        return NULL;
    head = cells_of(iterator);
    Py_DECREF(iterator);
    if (PyErr_Occurred())
        return NULL;
    for (struct cell *c = head; c != NULL; c = c->next)
        sum += weight++ * c->value;
    cells_free(head);
    return PyLong_FromLong(sum);
}

static PyMethodDef cells_methods[] = {
    {"reversed_sum", cells_reversed_sum, METH_O, PyDoc_STR("reversed sum(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef cells_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "cells",
    .m_size = -1,
    .m_methods = cells_methods,
};

PyMODINIT_FUNC
PyInit_cells(void)
{
    return PyModule_Create(&cells_module);
}
/* run: assert mod.reversed_sum([1, 2, 3]) == 10 */
