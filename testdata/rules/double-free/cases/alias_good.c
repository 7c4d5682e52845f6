/* Two names for one block, both released. */
#include <Python.h>
#include <string.h>

static PyObject *
merge_sorted(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *a, *b;
    char *out, *best;
    size_t n, m;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "ss:merged", &a, &b))
        return NULL;
    n = strlen(a);
    m = strlen(b);
    out = PyMem_Malloc(n + m + 1);
    if (out == NULL)
        return PyErr_NoMemory();
    best = out;
    while (*a && *b)
        *best++ = *a <= *b ? *a++ : *b++;
    while (*a)
        *best++ = *a++;
    while (*b)
        *best++ = *b++;
    *best = '\0';
    best = out;
    result = PyUnicode_FromString(best);
    PyMem_Free(out);
    return result;
}

static PyMethodDef merge_methods[] = {
    {"merged", merge_sorted, METH_VARARGS, PyDoc_STR("merged(...)")},
    {NULL, NULL, 0, NULL},
};

static int
merge_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot merge_slots[] = {
    {Py_mod_exec, merge_exec},
    {0, NULL},
};

static struct PyModuleDef merge_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "merge",
    .m_methods = merge_methods,
    .m_slots = merge_slots,
};

PyMODINIT_FUNC
PyInit_merge(void)
{
    return PyModuleDef_Init(&merge_module);
}
/* run: assert mod.merged("ace", "bd") == "abcde" */
