/* An out-parameter is filled on success (0) and not on failure (-1); the caller picks the wrong release. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

/* Decodes %xx escapes. 0 and a block in *out, or -1 with an exception and nothing given. */
static int
unquote(const char *in, Py_ssize_t n, char **out, Py_ssize_t *length)
{
    char *to = PyMem_Malloc((size_t)n + 1);
    Py_ssize_t w = 0;

    if (to == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        if (in[i] != '%') {
            to[w++] = in[i];
            continue;
        }
        if (i + 2 >= n) {
            PyMem_Free(to);
            PyErr_SetString(PyExc_ValueError, "truncated escape");
            return -1;
        }
        char hex[3] = {in[i + 1], in[i + 2], '\0'};
        to[w++] = (char)strtol(hex, NULL, 16);
        i += 2;
    }
    to[w] = '\0';
    *out = to;
    *length = w;
    return 0;
}

static PyObject *
quote_unquote(PyObject *Py_UNUSED(module), PyObject *arg)
{
    Py_ssize_t n, length;
    char *plain;
    const char *text = PyUnicode_AsUTF8AndSize(arg, &n);
    PyObject *result;

    if (text == NULL)
        return NULL;
    if (unquote(text, n, &plain, &length) < 0)
        return NULL;
    result = PyBytes_FromStringAndSize(plain, length);
    free(plain); // expect: family-mismatch // because: 47
    return result;
}

static PyMethodDef quote_methods[] = {
    {"unquote", quote_unquote, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef quote_module = {
    PyModuleDef_HEAD_INIT, "quote", NULL, -1, quote_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_quote(void)
{
    return PyModule_Create(&quote_module);
}
/* run: assert mod.unquote("a%20b ") == b"a b " */
/* dies: invalid pointer|signal */
