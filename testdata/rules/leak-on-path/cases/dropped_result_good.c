/* The result of a helper is used in an expression and then lost. */
#include <Python.h>
#include <stdio.h>
#include <stdlib.h>

static char *
quoted(const char *text)
{
    char *q = NULL;

    return asprintf(&q, "'%s'", text) < 0 ? NULL : q;
}

static PyObject *
sayquoted_say(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *text;
    char *q;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "s:say", &text))
        return NULL;
    q = quoted(text);
    if (q == NULL)
        return PyErr_NoMemory();
    result = PyUnicode_FromFormat("he said %s", q);
    free(q);
    return result;
}

static PyMethodDef sayquoted_methods[] = {
    {"say", sayquoted_say, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef sayquoted_module = {
    PyModuleDef_HEAD_INIT, "sayquoted", NULL, -1, sayquoted_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_sayquoted(void)
{
    return PyModule_Create(&sayquoted_module);
}
/* run: assert mod.say("hi") == "he said 'hi'" */
