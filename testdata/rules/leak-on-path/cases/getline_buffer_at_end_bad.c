/* The buffer of getline must go back also when the call that filled it last has failed. */
#include <Python.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static PyObject *
grep_first(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *path, *needle;
    char *line = NULL;
    size_t room = 0;
    PyObject *found = NULL;
    FILE *f;

    if (!PyArg_ParseTuple(args, "ss:first", &path, &needle))
        return NULL;
    f = fopen(path, "r");
    if (f == NULL)
        return PyErr_SetFromErrnoWithFilename(PyExc_OSError, path);
    while (getline(&line, &room, f) >= 0) {
        if (strstr(line, needle) == NULL)
            continue;
        found = PyUnicode_FromString(line);
        free(line);
        fclose(f);
        return found;
    }
    fclose(f);
    Py_RETURN_NONE; // expect: leak-on-path // because: 21
}

static PyMethodDef grepfirst_methods[] = {
    {"first", grep_first, METH_VARARGS, PyDoc_STR("first(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef grepfirst_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "grepfirst",
    .m_size = -1,
    .m_methods = grepfirst_methods,
};

PyMODINIT_FUNC
PyInit_grepfirst(void)
{
    return PyModule_Create(&grepfirst_module);
}
/* run: assert mod.first("/etc/passwd", "root").startswith("root") */
/* run: assert mod.first("/etc/passwd", "no such user") is None */
/* leaks: grep_first */
