/* The old upper-case names used as functions. */
#include <Python.h>
#include <string.h>

static PyObject *
squeeze_spaces(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *text;
    char *out, *fit, *to;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "s:spaces", &text))
        return NULL;
    out = PyMem_Malloc(strlen(text) + 1);
    if (out == NULL)
        return PyErr_NoMemory();
    to = out;
    for (const char *from = text; *from; from++) {
        if (from[0] != ' ' || from[1] != ' ')
            *to++ = *from;
    }
    *to++ = '\0';
    fit = PyMem_Realloc(out, (size_t)(to - out));
    if (fit == NULL) {
        PyMem_Free(out);
        return PyErr_NoMemory();
    }
    result = PyUnicode_FromString(fit);
    PyMem_Free(fit);
    return result;
}

static PyMethodDef squeeze_methods[] = {
    {"spaces", squeeze_spaces, METH_VARARGS, PyDoc_STR("spaces(...)")},
    {NULL, NULL, 0, NULL},
};

static int
squeeze_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot squeeze_slots[] = {
    {Py_mod_exec, squeeze_exec},
    {0, NULL},
};

static struct PyModuleDef squeeze_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "squeeze",
    .m_methods = squeeze_methods,
    .m_slots = squeeze_slots,
};

PyMODINIT_FUNC
PyInit_squeeze(void)
{
    return PyModuleDef_Init(&squeeze_module);
}
/* run: assert mod.spaces("a  b") == "a b" */
