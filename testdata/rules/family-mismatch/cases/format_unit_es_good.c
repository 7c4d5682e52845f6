/* The format unit "es" allocates by PyMem what the caller must give back. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

static PyObject *
greet_hello(PyObject *Py_UNUSED(module), PyObject *args)
{
    int loud = 0;
    char *name = NULL;
    PyObject *text;

    if (!PyArg_ParseTuple(args, "es|i:hello", "latin-1", &name, &loud))
        return NULL;
    for (char *p = name; loud && *p; p++)
        *p = (char)Py_TOUPPER(*p);
    text = PyUnicode_DecodeLatin1(name, (Py_ssize_t)strlen(name), NULL);
    PyMem_Free(name);
    return text;
}

static PyMethodDef greet_methods[] = {
    {"hello", greet_hello, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef greet_module = {
    PyModuleDef_HEAD_INIT, "greet", NULL, -1, greet_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_greet(void)
{
    return PyModule_Create(&greet_module);
}
/* run: assert mod.hello("g\u00fcnter", 1).startswith("G") */
