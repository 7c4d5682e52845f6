/* A block from malloc grows by PyMem_Realloc. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

static PyObject *
dup_repeat(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *text;
    char *all, *bigger;
    size_t n;
    int times;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "si:repeat", &text, &times))
        return NULL;
    if (times < 1 || times > 1000)
        return PyErr_Format(PyExc_ValueError, "cannot repeat %d times", times);
    n = strlen(text);
    all = malloc(n + 1);
    if (all == NULL)
        return PyErr_NoMemory();
    memcpy(all, text, n + 1);
    bigger = PyMem_Realloc(all, n * (size_t)times + 1); // expect: family-mismatch // because: 20
    if (bigger == NULL) {
        free(all);
        return PyErr_NoMemory();
    }
    for (int i = 1; i < times; i++)
        memcpy(bigger + (size_t)i * n, bigger, n);
    result = PyUnicode_FromStringAndSize(bigger, (Py_ssize_t)(n * (size_t)times));
    PyMem_Free(bigger);
    return result;
}

static PyMethodDef dup_methods[] = {
    {"repeat", dup_repeat, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef dup_module = {
    PyModuleDef_HEAD_INIT, "dup", NULL, -1, dup_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_dup(void)
{
    return PyModule_Create(&dup_module);
}
/* run: assert mod.repeat("ab", 3) == "ababab" */
/* dies: bad ID|signal */
