/* A struct is copied by assignment; its block goes back through the copy. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

struct text {
    char *chars;
    size_t length;
};

static struct text
text_of(const char *chars)
{
    struct text t = {NULL, strlen(chars)};

    t.chars = malloc(t.length + 1);
    if (t.chars != NULL)
        memcpy(t.chars, chars, t.length + 1);
    return t;
}

static PyObject *
pair_longer(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *a, *b;
    struct text first, second, best;
    PyObject *result = NULL;

    if (!PyArg_ParseTuple(args, "ss:longer", &a, &b))
        return NULL;
    first = text_of(a);
    second = text_of(b);
    if (first.chars == NULL || second.chars == NULL) {
        free(first.chars);
        free(second.chars);
        return PyErr_NoMemory();
    }
    if (first.length >= second.length) {
        best = first;
        free(second.chars);
    }
    else {
        best = second;
        free(first.chars);
    }
    result = PyUnicode_FromStringAndSize(best.chars, (Py_ssize_t)best.length);
    PyMem_Free(best.chars); // expect: family-mismatch // because: 16
    return result;
}

static PyMethodDef pairs_methods[] = {
    {"longer", pair_longer, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef pairs_module = {
    PyModuleDef_HEAD_INIT, "pairs", NULL, -1, pairs_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_pairs(void)
{
    return PyModule_Create(&pairs_module);
}
/* run: assert mod.longer("ab", "abc") == "abc" */
/* dies: bad ID|signal */
