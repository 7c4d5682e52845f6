/* A buffer that the API hands out goes back to the allocator it came from. */
#include <Python.h>
#include <stdlib.h>
#include <wctype.h>

PyObject *is_upper(PyObject *module, PyObject *text)
{
    Py_ssize_t n;
    wchar_t *wide = PyUnicode_AsWideCharString(text, &n);
    int upper = 1;

    if (wide == NULL)
        return NULL;
    for (Py_ssize_t i = 0; i < n; i++)
        upper &= iswupper(wide[i]) != 0;
    PyMem_Free(wide);
    return PyBool_FromLong(upper);
}
