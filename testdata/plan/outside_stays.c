/* --to pymem. strdup hands out what the same line releases. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

static PyObject *name_of(PyObject *self, PyObject *args)
{
    const char *given = NULL;
    char *name;
    PyObject *result;

    (void)self;
    if (!PyArg_ParseTuple(args, "|z", &given))
        return NULL;
    if (given != NULL)
        name = strdup(given); // plan: not-movable no-counterpart
    else
        name = malloc(8); // plan: not-movable no-counterpart
    if (name == NULL)
        return PyErr_NoMemory();
    if (given == NULL)
        strcpy(name, "nobody");
    result = PyUnicode_FromString(name);
    free(name); // plan: not-movable no-counterpart
    return result;
}

static PyMethodDef methods[] = {{"name", name_of, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *name_methods(void)
{
    return methods;
}
