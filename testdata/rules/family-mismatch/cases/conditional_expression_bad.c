/* Two allocators in one conditional expression; the release fits only one of them. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

static PyObject *
pad_left(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *text;
    size_t n, width;
    Py_ssize_t want;
    char *out;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "sn:left", &text, &want))
        return NULL;
    n = strlen(text);
    width = want > (Py_ssize_t)n ? (size_t)want : n;
    out = width > n ? PyMem_Malloc(width + 1) : strdup(text);
    if (out == NULL)
        return PyErr_NoMemory();
    memset(out, ' ', width - n);
    memcpy(out + width - n, text, n + 1);
    result = PyUnicode_FromString(out);
    PyMem_Free(out); // expect: family-mismatch // because: 19
    return result;
}

static PyMethodDef pad_methods[] = {
    {"left", pad_left, METH_VARARGS, PyDoc_STR("left(...)")},
    {NULL, NULL, 0, NULL},
};

static int
pad_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot pad_slots[] = {
    {Py_mod_exec, pad_exec},
    {0, NULL},
};

static struct PyModuleDef pad_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "pad",
    .m_methods = pad_methods,
    .m_slots = pad_slots,
};

PyMODINIT_FUNC
PyInit_pad(void)
{
    return PyModuleDef_Init(&pad_module);
}
/* run: assert mod.left("a", 3) == "  a"; assert mod.left("abc", 2) == "abc" */
/* dies: bad ID|signal */
