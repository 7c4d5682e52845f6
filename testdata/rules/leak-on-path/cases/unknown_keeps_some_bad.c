/* A function of which nothing is known keeps what it gets, but for a copy that it is told to forget; another only looks at it. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

__attribute__((weak)) extern int a64_remember(const char *key, char *text);
__attribute__((weak)) extern int a64_forget(const char *key);
__attribute__((weak)) extern int a64_weigh(const char *text);

static PyObject *
text_keep(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *given;
    int once;
    char *copy;

    if (!PyArg_ParseTuple(args, "sp:keep", &given, &once))
        return NULL;
    copy = strdup(given);
    if (copy == NULL)
        return PyErr_NoMemory();
    if (a64_weigh(copy) < 0) {
        PyErr_SetString(PyExc_ValueError, "not taken");
        return NULL; // expect: leak-on-path // because: 19
    }
    if (once || !a64_forget("text")) {
        free(copy);
        Py_RETURN_FALSE;
    }
    free(copy);
    Py_RETURN_TRUE;
}

static PyMethodDef text_methods[] = {
    {"keep", text_keep, METH_VARARGS, PyDoc_STR("keep(text, once)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef text_module = {
    PyModuleDef_HEAD_INIT, "text", NULL, -1, text_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_text(void)
{
    return PyModule_Create(&text_module);
}
/* run: pass */
/* from facts: the functions are in no library at hand */
