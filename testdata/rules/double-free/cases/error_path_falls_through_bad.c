/* The error branch releases and then falls into the common release. */
#include <Python.h>
#include <string.h>

static PyObject *
caesar_shift(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *text;
    char *out;
    int by;
    PyObject *result = NULL;

    if (!PyArg_ParseTuple(args, "si:shift", &text, &by))
        return NULL;
    out = PyMem_Malloc(strlen(text) + 1);
    if (out == NULL)
        return PyErr_NoMemory();
    strcpy(out, text);
    if (by < 0 || by > 25) {
        PyErr_Format(PyExc_ValueError, "shift by %d", by);
        PyMem_Free(out);
        goto out;
    }
    for (char *p = out; *p; p++) {
        if (Py_ISLOWER(*p))
            *p = (char)('a' + (*p - 'a' + by) % 26);
    }
    result = PyUnicode_FromString(out);
out:
    PyMem_Free(out); // expect: double-free // because: 21
    return result;
}

static PyMethodDef caesar_methods[] = {
    {"shift", caesar_shift, METH_VARARGS, PyDoc_STR("shift(...)")},
    {NULL, NULL, 0, NULL},
};

static int
caesar_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot caesar_slots[] = {
    {Py_mod_exec, caesar_exec},
    {0, NULL},
};

static struct PyModuleDef caesar_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "caesar",
    .m_methods = caesar_methods,
    .m_slots = caesar_slots,
};

PyMODINIT_FUNC
PyInit_caesar(void)
{
    return PyModuleDef_Init(&caesar_module);
}
/* run: assert mod.shift("abz", 1) == "bca" */
/* run: try: mod.shift("abz", 99) */
/* run: except ValueError: pass */
/* asan: attempting double-free */
