/* NumPy's data memory is a family of its own: up to NumPy 2.4 it is libc's, later the raw one. */
#define NPY_NO_DEPRECATED_API NPY_1_7_API_VERSION
#include <Python.h>
#include <numpy/arrayobject.h>
#include <string.h>

static PyObject *
cumulate_sum(PyObject *Py_UNUSED(module), PyObject *arg)
{
    PyArrayObject *array = (PyArrayObject *)PyArray_FROM_OTF(arg, NPY_DOUBLE, NPY_ARRAY_IN_ARRAY);
    double *sums, last;
    npy_intp n;

    if (array == NULL)
        return NULL;
    n = PyArray_SIZE(array);
    sums = PyDataMem_NEW((size_t)(n + 1) * sizeof(*sums));
    if (sums == NULL) {
        Py_DECREF(array);
        return PyErr_NoMemory();
    }
    sums[0] = 0;
    for (npy_intp i = 0; i < n; i++)
        sums[i + 1] = sums[i] + ((double *)PyArray_DATA(array))[i];
    last = sums[n];
    PyDataMem_FREE(sums);
    Py_DECREF(array);
    return PyFloat_FromDouble(last);
}

static PyMethodDef cumulate_methods[] = {
    {"sum", cumulate_sum, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef cumulate_module = {
    PyModuleDef_HEAD_INIT, "cumulate", NULL, -1, cumulate_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_cumulate(void)
{
    import_array();
    return PyModule_Create(&cumulate_module);
}
/* run: assert mod.sum([1, 2, 3]) == 6.0 */
