/* A variable with a cleanup function is also released by hand, and not cleared. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

static void
release(char **p)
{
    free(*p);
}

static PyObject *
initials_of(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *name;

    if (!PyArg_ParseTuple(args, "s:of", &name))
        return NULL;
    __attribute__((cleanup(release))) char *copy = strdup(name);
    if (copy == NULL)
        return PyErr_NoMemory();
    size_t w = 0;
    for (const char *p = name; *p; p++) {
        if (p == name || p[-1] == ' ')
            copy[w++] = *p;
    }
    copy[w] = '\0';
    PyObject *text = PyUnicode_FromString(copy);
    return text;
}

static PyMethodDef initials_methods[] = {
    {"of", initials_of, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef initials_module = {
    PyModuleDef_HEAD_INIT, "initials", NULL, -1, initials_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_initials(void)
{
    return PyModule_Create(&initials_module);
}
/* run: assert mod.of("Ada King") == "AK" */
