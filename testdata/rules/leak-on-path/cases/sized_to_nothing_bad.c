/* A helper that ends the program for want of memory gives a block for every size but nothing, which releases it. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

static void *
sized(void *block, size_t n)
{
    if (n == 0) {
        free(block);
        return NULL;
    }
    block = realloc(block, n);
    if (block == NULL)
        abort();
    return block;
}

static PyObject *
bytes_mirror(PyObject *Py_UNUSED(module), PyObject *arg)
{
    char *data, *both;
    Py_ssize_t n;
    PyObject *result;

    if (PyBytes_AsStringAndSize(arg, &data, &n) < 0)
        return NULL;
    both = sized(NULL, 64);
    if (n > 32) {
        PyErr_SetString(PyExc_ValueError, "too long");
        return NULL; // expect: leak-on-path // because: 28
    }
    for (Py_ssize_t i = 0; i < n; i++)
        both[i] = both[2 * n - 1 - i] = data[i];
    result = PyBytes_FromStringAndSize(both, 2 * n);
    sized(both, 0);
    return result;
}

static PyMethodDef mirror_methods[] = {
    {"mirror", bytes_mirror, METH_O, PyDoc_STR("mirror(bytes)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef mirror_module = {
    PyModuleDef_HEAD_INIT, "mirror", NULL, -1, mirror_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_mirror(void)
{
    return PyModule_Create(&mirror_module);
}
/* run: assert mod.mirror(b"ab") == b"abba" */
/* run: try: mod.mirror(b"x" * 40) */
/* run: except ValueError: pass */
/* leaks: bytes_mirror|sized */
