/* Look at the items of a list that other threads may change. */
#include <Python.h>

PyObject *count_none(PyObject *module, PyObject *list)
{
    Py_ssize_t n = PyList_Size(list), found = 0;

    if (n < 0)
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t i = 0; i < n; i++)
        found += PyList_GET_ITEM(list, i) == Py_None; // expect-medium: object-touched-without-gil
    Py_END_ALLOW_THREADS
    return PyLong_FromSsize_t(found);
}
