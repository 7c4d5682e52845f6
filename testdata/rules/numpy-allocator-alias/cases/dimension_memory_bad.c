/* PyDimMem_NEW counts in npy_intp, the raw function it stands for in bytes. */
#define NPY_NO_DEPRECATED_API NPY_1_7_API_VERSION
#include <Python.h>
#include <numpy/arrayobject.h>

static PyObject *
ones_like_outer(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyArrayObject *a, *b;
    npy_intp *shape;
    PyObject *result;
    int n, m;

    if (!PyArg_ParseTuple(args, "O!O!:outer", &PyArray_Type, &a, &PyArray_Type, &b))
        return NULL;
    n = PyArray_NDIM(a);
    m = PyArray_NDIM(b);
    shape = PyDimMem_NEW(n + m + 1); // expect: numpy-allocator-alias
    if (shape == NULL)
        return PyErr_NoMemory();
    for (int i = 0; i < n; i++)
        shape[i] = PyArray_DIM(a, i);
    for (int i = 0; i < m; i++)
        shape[n + i] = PyArray_DIM(b, i);
    result = PyArray_ZEROS(n + m, shape, NPY_DOUBLE, 0);
    PyDimMem_FREE(shape); // expect: numpy-allocator-alias
    return result;
}

static PyMethodDef outershape_methods[] = {
    {"outer", ones_like_outer, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef outershape_module = {
    PyModuleDef_HEAD_INIT, "outershape", NULL, -1, outershape_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_outershape(void)
{
    import_array();
    return PyModule_Create(&outershape_module);
}
/* run: import numpy; assert mod.outer(numpy.ones(2), numpy.ones((3, 4))).shape == (2, 3, 4) */
/* from facts: aliases of the raw functions in NumPy's headers */
