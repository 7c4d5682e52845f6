/* --to pyraw. The API hands out what this releases. */
#include <Python.h>

static PyObject *use(PyObject *self, PyObject *args)
{
    wchar_t *text = PyUnicode_AsWideCharString(args, NULL); // plan: not-movable no-counterpart

    (void)self;
    if (text == NULL)
        return NULL;
    PyMem_Free(text); // plan: not-movable no-counterpart
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_O, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *use_methods(void)
{
    return methods;
}
