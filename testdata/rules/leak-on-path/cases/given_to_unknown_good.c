/* A function of which nothing is known gets the block; behind that call it is released on success alone. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

__attribute__((weak)) extern int a64_scramble(unsigned char *bytes, size_t n);

static PyObject *
scramble_bytes(PyObject *Py_UNUSED(module), PyObject *arg)
{
    unsigned char *copy;
    PyObject *result;
    char *text;
    Py_ssize_t n;

    if (PyBytes_AsStringAndSize(arg, &text, &n) < 0)
        return NULL;
    copy = malloc((size_t)n + 1);
    if (copy == NULL)
        return PyErr_NoMemory();
    memcpy(copy, text, (size_t)n);
    if (a64_scramble(copy, (size_t)n) < 0) {
        free(copy);
        PyErr_SetString(PyExc_ValueError, "cannot be scrambled");
        return NULL;
    }
    result = PyBytes_FromStringAndSize((char *)copy, n);
    free(copy);
    return result;
}

static PyMethodDef scrambled_methods[] = {
    {"scramble", scramble_bytes, METH_O, PyDoc_STR("scramble(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef scrambled_module = {
    PyModuleDef_HEAD_INIT, "scrambled", NULL, -1, scrambled_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_scrambled(void)
{
    return PyModule_Create(&scrambled_module);
}
/* run: pass */
