/* The pointer that walks through the block is released instead of its beginning. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

static PyObject *
trail_last(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *path;
    char *copy, *part;
    PyObject *text;

    if (!PyArg_ParseTuple(args, "s:last", &path))
        return NULL;
    copy = part = strdup(path);
    if (copy == NULL)
        return PyErr_NoMemory();
    while (*part == '/')
        part++;
    text = PyUnicode_FromString(part);
    free(part); // expect: free-not-owned // because: 15
    return text;
}

static PyMethodDef trail_methods[] = {
    {"last", trail_last, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef trail_module = {
    PyModuleDef_HEAD_INIT, "trail", NULL, -1, trail_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_trail(void)
{
    return PyModule_Create(&trail_module);
}
/* run: mod.last("ab"); assert mod.last("//ab") == "ab" */
/* dies: invalid pointer|signal */
