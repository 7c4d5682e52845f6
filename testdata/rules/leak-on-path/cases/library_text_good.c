/* Expand a macro of a package manager; the text is given back once it is copied. */
#include <Python.h>
#include <stdlib.h>

char *rpmExpand(const char *first, ...);

PyObject *expand(PyObject *module, PyObject *args)
{
    const char *name;
    char *text;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "s", &name))
        return NULL;
    text = rpmExpand(name, NULL);
    result = Py_BuildValue("s", text);
    free(text);
    return result;
}
