/* An array of strings leaves through a char *** parameter; its parts are of two families. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

/* Splits at commas. Returns the number of parts, -1 with nothing given. */
static Py_ssize_t
split(const char *text, char ***parts)
{
    Py_ssize_t n = 0, count = 1;
    char **all;

    for (const char *p = text; *p; p++)
        count += *p == ',';
    all = PyMem_New(char *, count);
    if (all == NULL)
        return -1;
    for (;;) {
        size_t width = strcspn(text, ",");
        all[n] = strndup(text, width);
        if (all[n] == NULL) {
            while (n > 0)
                free(all[--n]);
            PyMem_Free(all);
            return -1;
        }
        n++;
        if (text[width] == '\0')
            break;
        text += width + 1;
    }
    *parts = all;
    return n;
}

static PyObject *
commas_last(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *text;
    char **parts = NULL;
    Py_ssize_t n;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "s:last", &text))
        return NULL;
    n = split(text, &parts);
    if (n < 0)
        return PyErr_NoMemory();
    result = PyUnicode_FromString(parts[n - 1]);
    for (Py_ssize_t i = 0; i < n; i++)
        free(parts[i]);
    free(parts); // expect: family-mismatch // because: 46
    return result;
}

static PyMethodDef commas_methods[] = {
    {"last", commas_last, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef commas_module = {
    PyModuleDef_HEAD_INIT, "commas", NULL, -1, commas_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_commas(void)
{
    return PyModule_Create(&commas_module);
}
/* run: assert mod.last("a,b,c") == "c" */
/* dies: invalid pointer|signal */
