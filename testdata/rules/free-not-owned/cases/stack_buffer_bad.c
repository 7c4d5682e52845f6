/* A stack buffer is replaced by a heap block only for long input; it is released in both cases. */
#include <Python.h>
#include <string.h>

static PyObject *
snake_case(PyObject *Py_UNUSED(module), PyObject *args)
{
    char small[48], *out = small;
    const char *name;
    size_t n, w = 0;
    PyObject *text;

    if (!PyArg_ParseTuple(args, "s:snake", &name))
        return NULL;
    n = strlen(name);
    if (2 * n >= sizeof(small)) {
        out = PyMem_Malloc(2 * n + 1);
        if (out == NULL)
            return PyErr_NoMemory();
    }
    for (size_t i = 0; i < n; i++) {
        if (i > 0 && Py_ISUPPER(name[i]))
            out[w++] = '_';
        out[w++] = (char)Py_TOLOWER(name[i]);
    }
    text = PyUnicode_FromStringAndSize(out, (Py_ssize_t)w);
    PyMem_Free(out); // expect: free-not-owned // because: 8
    return text;
}

static PyMethodDef snake_methods[] = {
    {"snake", snake_case, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef snake_module = {
    PyModuleDef_HEAD_INIT, "snake", NULL, -1, snake_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_snake(void)
{
    return PyModule_Create(&snake_module);
}
/* run: mod.snake("A" * 100); assert mod.snake("fooBar") == "foo_bar" */
/* dies: bad ID|signal */
