/* Read a number from a text in another base. */
#include <Python.h>
#include <string.h>

PyObject *from_base(PyObject *module, PyObject *args)
{
    char *digits = NULL, *end;
    long base, value;

    if (!PyArg_ParseTuple(args, "esl", "ascii", &digits, &base))
        return NULL;
    if (base < 2 || base > 36) {
        PyErr_SetString(PyExc_ValueError, "no such base");
        PyMem_Free(digits);
        return NULL;
    }
    value = strtol(digits, &end, (int)base);
    PyMem_Free(digits);
    return PyLong_FromLong(value);
}
