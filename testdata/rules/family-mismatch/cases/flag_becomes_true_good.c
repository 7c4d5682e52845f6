/* A helper is told by a bool which family it has; a flag of another bit that is given for it becomes true. */
#include <Python.h>
#include <stdbool.h>
#include <string.h>

enum { KEEP_ORDER = 1, WITHOUT_LOCK = 2 };

static void
row_release(char *row, bool raw)
{
    if (raw == true)
        PyMem_RawFree(row);
    else
        PyMem_Free(row);
}

static PyObject *
row_reverse(PyObject *Py_UNUSED(module), PyObject *arg)
{
    char *data, *row;
    Py_ssize_t n;
    PyObject *result;

    if (PyBytes_AsStringAndSize(arg, &data, &n) < 0)
        return NULL;
    row = PyMem_RawMalloc((size_t)n + 1);
    if (row == NULL)
        return PyErr_NoMemory();
    for (Py_ssize_t i = 0; i < n; i++)
        row[i] = data[n - 1 - i];
    result = PyBytes_FromStringAndSize(row, n);
    row_release(row, WITHOUT_LOCK);
    return result;
}

static PyMethodDef row_methods[] = {
    {"reverse", row_reverse, METH_O, PyDoc_STR("reverse(data)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef row_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "row",
    .m_size = -1,
    .m_methods = row_methods,
};

PyMODINIT_FUNC
PyInit_row(void)
{
    return PyModule_Create(&row_module);
}
/* run: assert mod.reverse(b"abc") == b"cba" */
