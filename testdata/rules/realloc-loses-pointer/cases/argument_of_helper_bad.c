/* A helper grows what it is given and clears what is new; its caller puts the result over its only pointer. */
#include <Python.h>
#include <string.h>

/* NULL: no memory, and BLOCK is as it was. */
static char *
cells_grown(char *block, size_t before, size_t n)
{
    if (n == 0 || n > PY_SSIZE_T_MAX)
        return NULL;
    block = PyMem_Realloc(block, n);
    if (block == NULL)
        return NULL;
    if (n > before)
        memset(block + before, '.', n - before);
    return block;
}

static PyObject *
cells_row(PyObject *Py_UNUSED(module), PyObject *args)
{
    Py_ssize_t n;
    char *row;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "n:row", &n) || n < 4)
        return PyErr_Occurred() ? NULL : PyErr_Format(PyExc_ValueError, "too short");
    row = PyMem_Malloc(4);
    if (row == NULL)
        return PyErr_NoMemory();
    memcpy(row, "<..>", 4);
    row = cells_grown(row, 4, (size_t)n); // expect: realloc-loses-pointer // because: 28, 32
    if (row == NULL)
        return PyErr_NoMemory();
    result = PyBytes_FromStringAndSize(row, n);
    PyMem_Free(row);
    return result;
}

static PyMethodDef cells_methods[] = {
    {"row", cells_row, METH_VARARGS, PyDoc_STR("row(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef cells_module = {
    PyModuleDef_HEAD_INIT, "cells", NULL, -1, cells_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_cells(void)
{
    return PyModule_Create(&cells_module);
}
/* run: assert mod.row(6) == b"<..>.." */
/* run: try: mod.row(1 << 62) */
/* run: except MemoryError: pass */
/* leaks: cells_row */
