/* Allocated with malloc and released with PyMem_Free in one function. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

static int
by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    return (x > y) - (x < y);
}

static PyObject *
stats_median(PyObject *Py_UNUSED(module), PyObject *arg)
{
    Py_ssize_t n;
    double *sorted, median;
    Py_buffer view;

    if (PyObject_GetBuffer(arg, &view, PyBUF_SIMPLE) < 0)
        return NULL;
    n = view.len / (Py_ssize_t)sizeof(double);
    if (n == 0) {
        PyBuffer_Release(&view);
        return PyErr_Format(PyExc_ValueError, "median of nothing");
    }
    sorted = malloc((size_t)view.len);
    if (sorted == NULL) {
        PyBuffer_Release(&view);
        return PyErr_NoMemory();
    }
    memcpy(sorted, view.buf, (size_t)view.len);
    PyBuffer_Release(&view);
    qsort(sorted, (size_t)n, sizeof(double), by_value);
    median = n % 2 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
    free(sorted);
    return PyFloat_FromDouble(median);
}

static PyMethodDef median_methods[] = {
    {"median", stats_median, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef median_module = {
    PyModuleDef_HEAD_INIT, "median", NULL, -1, median_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_median(void)
{
    return PyModule_Create(&median_module);
}
/* run: import array; assert mod.median(array.array("d", [3.0, 1.0, 2.0])) == 2.0 */
