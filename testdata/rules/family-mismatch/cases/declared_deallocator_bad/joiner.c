/* A declared allocator with its own deallocator: plain free() is not it. */
#include <Python.h>
#include <stdlib.h>
#include "textlib.h"

static PyObject *
joiner_join(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *a, *b;
    char *text;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "ss:join", &a, &b))
        return NULL;
    text = text_join(a, b);
    if (text == NULL)
        return PyErr_NoMemory();
    result = PyUnicode_FromString(text);
    free(text); // expect: family-mismatch // because: 15
    return result;
}

static PyMethodDef joiner_methods[] = {
    {"join", joiner_join, METH_VARARGS, PyDoc_STR("join(...)")},
    {NULL, NULL, 0, NULL},
};

static int
joiner_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot joiner_slots[] = {
    {Py_mod_exec, joiner_exec},
    {0, NULL},
};

static struct PyModuleDef joiner_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "joiner",
    .m_methods = joiner_methods,
    .m_slots = joiner_slots,
};

PyMODINIT_FUNC
PyInit_joiner(void)
{
    return PyModuleDef_Init(&joiner_module);
}
/* run: assert mod.join("a", "b") == "ab" */
/* dies: invalid pointer|signal */
