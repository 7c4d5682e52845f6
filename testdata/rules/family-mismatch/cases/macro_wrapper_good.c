/* Allocation and release are macros of the project, of different making. */
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define ALLOC(type, n) ((type *)PyMem_Malloc(sizeof(type) * (size_t)(n)))
#define FREE(p) do { if (p) PyMem_Free(p); (p) = NULL; } while (0)

/* Byte histogram as a list of 256 numbers. */
static PyObject *
histogram_of(PyObject *Py_UNUSED(module), PyObject *arg)
{
    uint32_t *count;
    PyObject *list;
    Py_buffer view;

    if (PyObject_GetBuffer(arg, &view, PyBUF_SIMPLE) < 0)
        return NULL;
    count = ALLOC(uint32_t, 256);
    if (count == NULL) {
        PyBuffer_Release(&view);
        return PyErr_NoMemory();
    }
    memset(count, 0, 256 * sizeof(*count));
    for (Py_ssize_t i = 0; i < view.len; i++)
        count[((unsigned char *)view.buf)[i]]++;
    PyBuffer_Release(&view);
    list = PyList_New(256);
    for (int i = 0; list != NULL && i < 256; i++) {
        PyObject *n = PyLong_FromUnsignedLong(count[i]);
        if (n == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, n);
    }
    FREE(count);
    return list;
}

static PyMethodDef histogram_methods[] = {
    {"of", histogram_of, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef histogram_module = {
    PyModuleDef_HEAD_INIT, "histogram", NULL, -1, histogram_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_histogram(void)
{
    return PyModule_Create(&histogram_module);
}
/* run: assert mod.of(b"aa")[97] == 2 */
