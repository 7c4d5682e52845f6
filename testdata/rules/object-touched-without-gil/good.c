/* Look at the items of a list that other threads may change. */
#include <Python.h>

PyObject *count_none(PyObject *module, PyObject *list)
{
    Py_ssize_t n = PyList_Size(list), found = 0;

    if (n < 0)
        return NULL;
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(list); i++)
        found += PyList_GET_ITEM(list, i) == Py_None;
    return PyLong_FromSsize_t(found);
}
