/* --to pyraw. The block is our own. */
#include <Python.h>
#include <wchar.h>

static PyObject *use(PyObject *self, PyObject *args)
{
    wchar_t *text = PyMem_Malloc(64 * sizeof(wchar_t)); // plan: movable

    (void)self;
    if (text == NULL)
        return PyErr_NoMemory();
    (void)args;
    wcscpy(text, L"nobody");
    PyMem_Free(text); // plan: movable
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_O, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *use_methods(void)
{
    return methods;
}
