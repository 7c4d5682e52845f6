/* A helper returns its argument: the block that comes out is the one that went in. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

static char *
stripped(char *text)
{
    size_t n = strlen(text);

    while (n > 0 && text[n - 1] == '/')
        text[--n] = '\0';
    return text;
}

static PyObject *
dirpath_clean(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *path;
    char *copy, *clean;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "s:clean", &path))
        return NULL;
    copy = PyMem_Malloc(strlen(path) + 1);
    if (copy == NULL)
        return PyErr_NoMemory();
    clean = stripped(strcpy(copy, path));
    result = PyUnicode_FromString(clean);
    free(clean); // expect: family-mismatch // because: 25
    return result;
}

static PyMethodDef dirpath_methods[] = {
    {"clean", dirpath_clean, METH_VARARGS, PyDoc_STR("clean(...)")},
    {NULL, NULL, 0, NULL},
};

static int
dirpath_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot dirpath_slots[] = {
    {Py_mod_exec, dirpath_exec},
    {0, NULL},
};

static struct PyModuleDef dirpath_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "dirpath",
    .m_methods = dirpath_methods,
    .m_slots = dirpath_slots,
};

PyMODINIT_FUNC
PyInit_dirpath(void)
{
    return PyModuleDef_Init(&dirpath_module);
}
/* run: assert mod.clean("a//") == "a" */
/* dies: invalid pointer|signal */
