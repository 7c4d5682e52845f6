/* A small scratch buffer where the lock is held. */
#include <Python.h>
#include <string.h>

PyObject *doubled(PyObject *module, PyObject *text)
{
    const char *utf8 = PyUnicode_AsUTF8(text);
    char *copy;
    PyObject *result;

    if (utf8 == NULL)
        return NULL;
    copy = PyMem_RawMalloc(64); // expect: raw-while-held
    if (copy == NULL)
        return PyErr_NoMemory();
    snprintf(copy, 64, "%s%s", utf8, utf8);
    result = PyUnicode_FromString(copy);
    PyMem_RawFree(copy);
    return result;
}
