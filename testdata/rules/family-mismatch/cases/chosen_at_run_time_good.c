/* The release function is picked at run time; one of the two it may be does not fit. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

typedef void (*release_fn)(void *);

static PyObject *
chunk_reverse(PyObject *Py_UNUSED(module), PyObject *args)
{
    char *data;
    Py_ssize_t n;
    int wipe;
    char *copy;
    PyObject *result;
    release_fn release;

    if (!PyArg_ParseTuple(args, "Sp:reverse", &result, &wipe))
        return NULL;
    if (PyBytes_AsStringAndSize(result, &data, &n) < 0)
        return NULL;
    copy = PyMem_RawMalloc((size_t)n + 1);
    if (copy == NULL)
        return PyErr_NoMemory();
    for (Py_ssize_t i = 0; i < n; i++)
        copy[i] = data[n - 1 - i];
    result = PyBytes_FromStringAndSize(copy, n);
    if (wipe) {
        memset(copy, 0, (size_t)n);
        release = PyMem_RawFree;
    }
    else
        release = PyMem_RawFree;
    release(copy);
    return result;
}

static PyMethodDef chunk_methods[] = {
    {"reverse", chunk_reverse, METH_VARARGS, PyDoc_STR("reverse(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef chunk_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "chunk",
    .m_size = -1,
    .m_methods = chunk_methods,
};

PyMODINIT_FUNC
PyInit_chunk(void)
{
    return PyModule_Create(&chunk_module);
}
/* run: assert mod.reverse(b"abc", False) == b"cba"; mod.reverse(b"abc", True) */
