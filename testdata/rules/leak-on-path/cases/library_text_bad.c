/* Expand a macro of a package manager; the text is the caller's, and building a value copies it. */
#include <Python.h>
#include <stdlib.h>

char *rpmExpand(const char *first, ...);

PyObject *expand(PyObject *module, PyObject *args)
{
    const char *name;

    if (!PyArg_ParseTuple(args, "s", &name))
        return NULL;
    return Py_BuildValue("s", rpmExpand(name, NULL)); // expect: leak-on-path
}
/* from facts: needs the library of a package manager */
