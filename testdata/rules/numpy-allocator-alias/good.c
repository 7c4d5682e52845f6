/* Room for a shape. */
#define NPY_NO_DEPRECATED_API NPY_1_7_API_VERSION
#include <Python.h>
#include <numpy/arrayobject.h>

npy_intp *shape_of(PyArrayObject *array)
{
    int n = PyArray_NDIM(array);
    npy_intp *shape = PyMem_RawMalloc((n + 1) * sizeof(npy_intp));

    for (int i = 0; shape != NULL && i < n; i++)
        shape[i] = PyArray_DIM(array, i);
    return shape;
}
