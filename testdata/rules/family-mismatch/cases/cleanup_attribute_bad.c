/* A variable with a cleanup function: the release happens at the end of its scope, unseen. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

static void
drop_text(char **text)
{
    free(*text);
}

static PyObject *
trim_both(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *text;
    size_t n;

    if (!PyArg_ParseTuple(args, "s:both", &text))
        return NULL;
    n = strlen(text);
    __attribute__((cleanup(drop_text))) char *copy = PyMem_Malloc(n + 1);
    if (copy == NULL)
        return PyErr_NoMemory();
    memcpy(copy, text, n + 1);
    char *from = copy;
    while (Py_ISSPACE(*from))
        from++;
    while (n > 0 && Py_ISSPACE(copy[n - 1]))
        copy[--n] = '\0';
    return PyUnicode_FromString(from); // expect: family-mismatch // because: 21
}

static PyMethodDef trim_methods[] = {
    {"both", trim_both, METH_VARARGS, PyDoc_STR("both(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef trim_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "trim",
    .m_size = -1,
    .m_methods = trim_methods,
};

PyMODINIT_FUNC
PyInit_trim(void)
{
    return PyModule_Create(&trim_module);
}
/* run: assert mod.both("  a b ") == "a b" */
/* dies: invalid pointer|signal */
