/* The data of an array belongs to the array, also when it was made for the caller a line before. */
#define NPY_NO_DEPRECATED_API NPY_1_7_API_VERSION
#include <Python.h>
#include <numpy/arrayobject.h>

static PyObject *
spread_of(PyObject *Py_UNUSED(module), PyObject *arg)
{
    PyArrayObject *array = (PyArrayObject *)PyArray_FROM_OTF(arg, NPY_DOUBLE, NPY_ARRAY_IN_ARRAY);
    double *x, low, high;
    npy_intp n;

    if (array == NULL)
        return NULL;
    x = PyArray_DATA(array);
    n = PyArray_SIZE(array);
    low = high = n > 0 ? x[0] : 0;
    for (npy_intp i = 1; i < n; i++) {
        if (x[i] < low)
            low = x[i];
        if (x[i] > high)
            high = x[i];
    }
    PyMem_RawFree(x); // expect: free-not-owned // because: 15
    Py_DECREF(array);
    return PyFloat_FromDouble(high - low);
}

static PyMethodDef spread_methods[] = {
    {"of", spread_of, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef spread_module = {
    PyModuleDef_HEAD_INIT, "spread", NULL, -1, spread_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_spread(void)
{
    import_array();
    return PyModule_Create(&spread_module);
}
/* run: assert mod.of([3, 1, 2]) == 2.0 */
/* dies: bad ID|signal */
