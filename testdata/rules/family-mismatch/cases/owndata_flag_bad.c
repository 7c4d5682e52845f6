/* An array that is told to own its data releases it by free(): the block must come from malloc. */
#define NPY_NO_DEPRECATED_API NPY_1_7_API_VERSION
#include <Python.h>
#include <numpy/arrayobject.h>
#include <stdlib.h>

static PyObject *
ramps_up(PyObject *Py_UNUSED(module), PyObject *arg)
{
    npy_intp n = PyNumber_AsSsize_t(arg, PyExc_OverflowError);
    PyObject *array;
    double *data;

    if (n < 0)
        return PyErr_Occurred() ? NULL : PyErr_Format(PyExc_ValueError, "negative size");
    data = PyMem_New(double, n + 1);
    if (data == NULL)
        return PyErr_NoMemory();
    for (npy_intp i = 0; i < n; i++)
        data[i] = (double)i;
    array = PyArray_SimpleNewFromData(1, &n, NPY_DOUBLE, data);
    if (array == NULL) {
        PyMem_Free(data);
        return NULL;
    }
    PyArray_ENABLEFLAGS((PyArrayObject *)array, NPY_ARRAY_OWNDATA); // expect: family-mismatch // because: 16
    return array;
}

static PyMethodDef ramps_methods[] = {
    {"up", ramps_up, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef ramps_module = {
    PyModuleDef_HEAD_INIT, "ramps", NULL, -1, ramps_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_ramps(void)
{
    import_array();
    return PyModule_Create(&ramps_module);
}
/* run: a = mod.up(5); assert a[4] == 4.0; del a */
/* dies: invalid pointer|signal */
