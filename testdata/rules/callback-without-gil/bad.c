/* Sort while other threads run; the comparator may raise. */
#include <Python.h>
#include <stdlib.h>
static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    if (x != x || y != y)
        PyErr_SetString(PyExc_ValueError, "NaN");
    return (x > y) - (x < y);
}

PyObject *sort_doubles(PyObject *module, PyObject *array)
{
    Py_buffer view;
    if (PyObject_GetBuffer(array, &view, PyBUF_WRITABLE) < 0)
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    qsort(view.buf, (size_t)view.len / 8, 8, compare); // expect: callback-without-gil
    Py_END_ALLOW_THREADS
    PyBuffer_Release(&view);
    return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
}
