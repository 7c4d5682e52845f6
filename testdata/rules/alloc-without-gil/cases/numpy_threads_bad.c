/* NPY_BEGIN_THREADS_THRESHOLDED releases for more than 500 items; a work row is allocated behind it. */
#define NPY_NO_DEPRECATED_API NPY_1_7_API_VERSION
#include <Python.h>
#include <numpy/arrayobject.h>

static void
running_median3(const double *in, double *out, double *row, npy_intp n)
{
    row[0] = in[0];
    for (npy_intp i = 1; i + 1 < n; i++) {
        double a = in[i - 1], b = in[i], c = in[i + 1];
        row[i] = a > b ? (b > c ? b : a > c ? c : a) : (a > c ? a : b > c ? c : b);
    }
    row[n - 1] = in[n - 1];
    for (npy_intp i = 0; i < n; i++)
        out[i] = row[i];
}

static PyObject *
median_filter(PyObject *Py_UNUSED(module), PyObject *arg)
{
    PyArrayObject *in, *out = NULL;
    double *row;
    npy_intp n;
    NPY_BEGIN_THREADS_DEF;

    in = (PyArrayObject *)PyArray_FROM_OTF(arg, NPY_DOUBLE, NPY_ARRAY_IN_ARRAY);
    if (in == NULL)
        return NULL;
    n = PyArray_SIZE(in);
    if (n < 2)
        return (PyObject *)in;
    out = (PyArrayObject *)PyArray_SimpleNew(PyArray_NDIM(in), PyArray_DIMS(in), NPY_DOUBLE);
    if (out == NULL) {
        Py_DECREF(in);
        return NULL;
    }
    const double *from = PyArray_DATA(in);
    double *to = PyArray_DATA(out);
    NPY_BEGIN_THREADS_THRESHOLDED(n);
    row = PyMem_New(double, n); // expect: alloc-without-gil // because: 40
    if (row != NULL)
        running_median3(from, to, row, n);
    NPY_END_THREADS;
    Py_DECREF(in);
    if (row == NULL) {
        Py_DECREF(out);
        return PyErr_NoMemory();
    }
    PyMem_Free(row);
    return (PyObject *)out;
}

static PyMethodDef medfilt_methods[] = {
    {"filter", median_filter, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef medfilt_module = {
    PyModuleDef_HEAD_INIT, "medfilt", NULL, -1, medfilt_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_medfilt(void)
{
    import_array();
    return PyModule_Create(&medfilt_module);
}
/* run: import numpy; mod.filter(numpy.zeros(10)); mod.filter(numpy.zeros(1000)) */
/* dies: Python memory allocator called without holding the GIL */
