/* --to pymem. The copy is made here. */
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
    if (given != NULL) {
        name = malloc(strlen(given) + 1); // plan: movable
        if (name != NULL)
            strcpy(name, given);
    } else {
        name = malloc(8); // plan: movable
        if (name != NULL)
            strcpy(name, "nobody");
    }
    if (name == NULL)
        return PyErr_NoMemory();
    result = PyUnicode_FromString(name);
    free(name); // plan: movable
    return result;
}

static PyMethodDef methods[] = {{"name", name_of, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *name_methods(void)
{
    return methods;
}
