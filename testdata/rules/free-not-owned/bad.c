/* Measure the UTF-8 form of a text. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

PyObject *utf8_length(PyObject *module, PyObject *text)
{
    const char *utf8 = PyUnicode_AsUTF8(text);
    size_t length;

    if (utf8 == NULL)
        return NULL;
    length = strlen(utf8);
    free((void *)utf8); // expect: free-not-owned
    return PyLong_FromSize_t(length);
}
