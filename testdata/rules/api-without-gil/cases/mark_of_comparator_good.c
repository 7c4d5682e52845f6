/* A comparator marks a static variable, which was cleared before the library's call: the mark is looked at inside. */
#include <Python.h>
#include <math.h>
#include <stdlib.h>

static int saw_nan;

/* Orders doubles; notes what has no order. */
static int
number_compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    if (isnan(x) || isnan(y))
        saw_nan = 1;
    return (x > y) - (x < y);
}

static PyObject *
numbers_sort(PyObject *Py_UNUSED(module), PyObject *arg)
{
    Py_buffer view;

    if (PyObject_GetBuffer(arg, &view, PyBUF_WRITABLE) < 0)
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    saw_nan = 0;
    qsort(view.buf, (size_t)view.len / sizeof(double), sizeof(double), number_compare);
    Py_END_ALLOW_THREADS
    if (saw_nan)
        PyErr_SetString(PyExc_ValueError, "not a number");
    PyBuffer_Release(&view);
    if (PyErr_Occurred())
        return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef numbers_methods[] = {
    {"sort", numbers_sort, METH_O, PyDoc_STR("sort(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef numbers_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "numbers",
    .m_size = -1,
    .m_methods = numbers_methods,
};

PyMODINIT_FUNC
PyInit_numbers(void)
{
    return PyModule_Create(&numbers_module);
}
/* run: mod.sort(bytearray(b"".join(__import__("struct").pack("d", x) for x in (3.0, 2.0, 1.0)))) */
