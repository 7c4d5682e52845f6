/* A record is released as it is on an error path, with a copy in it that nobody else points at. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

struct entry {
    char *name;
    double value;
};

static struct entry *
entry_new(const char *name, PyObject *value)
{
    struct entry *entry = malloc(sizeof *entry);

    if (entry == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    entry->name = strdup(name);
    if (entry->name == NULL) {
        free(entry);
        PyErr_NoMemory();
        return NULL;
    }
    entry->value = PyFloat_AsDouble(value);
    if (entry->value == -1.0 && PyErr_Occurred()) {
        free(entry->name);
        free(entry);
        return NULL;
    }
    return entry;
}

static PyObject *
entry_twice(PyObject *Py_UNUSED(module), PyObject *arg)
{
    struct entry *entry = entry_new("twice", arg);
    double value;

    if (entry == NULL)
        return NULL;
    value = 2 * entry->value;
    free(entry->name);
    free(entry);
    return PyFloat_FromDouble(value);
}

static PyMethodDef entries_methods[] = {
    {"twice", entry_twice, METH_O, PyDoc_STR("twice(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef entries_module = {
    PyModuleDef_HEAD_INIT, "entries", NULL, -1, entries_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_entries(void)
{
    return PyModule_Create(&entries_module);
}
/* run: assert mod.twice(2) == 4 */
/* run: try: mod.twice("x") */
/* run: except TypeError: pass */
