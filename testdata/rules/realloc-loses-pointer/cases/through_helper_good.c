/* A helper passes the result of realloc on; its caller overwrites its only pointer with it. */
#include <Python.h>
#include <string.h>

static void *
resized(void *block, size_t n)
{
    return PyMem_Realloc(block, n < 16 ? 16 : n);
}

static PyObject *
gather_join(PyObject *Py_UNUSED(module), PyObject *args)
{
    char *all = PyMem_Malloc(16);
    Py_ssize_t first, second;
    PyObject *result;

    if (all == NULL)
        return PyErr_NoMemory();
    if (!PyArg_ParseTuple(args, "nn:join", &first, &second) || first < 0 || second < 0) {
        PyMem_Free(all);
        return PyErr_Occurred() ? NULL : PyErr_Format(PyExc_ValueError, "negative size");
    }
    char *both = resized(all, (size_t)first + (size_t)second);
    if (both == NULL) {
        PyMem_Free(all);
        return PyErr_NoMemory();
    }
    all = both;
    memset(all, 'a', (size_t)first);
    memset(all + first, 'b', (size_t)second);
    result = PyBytes_FromStringAndSize(all, first + second);
    PyMem_Free(all);
    return result;
}

static PyMethodDef gather_methods[] = {
    {"join", gather_join, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef gather_module = {
    PyModuleDef_HEAD_INIT, "gather", NULL, -1, gather_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_gather(void)
{
    return PyModule_Create(&gather_module);
}
/* run: assert mod.join(1, 2) == b"abb" */
/* run: try: mod.join(1 << 62, 1) */
/* run: except MemoryError: pass */
