/* NumPy's dimension memory is the raw family under another name; libc is not. */
#define NPY_NO_DEPRECATED_API NPY_1_7_API_VERSION
#include <Python.h>
#include <numpy/arrayobject.h>
#include <stdlib.h>

static PyObject *
reshape_flat(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyArray_Dims shape = {NULL, 0};
    npy_intp total = 1;

    if (!PyArg_ParseTuple(args, "O&:total", PyArray_IntpConverter, &shape))
        return NULL;
    for (int i = 0; i < shape.len; i++)
        total *= shape.ptr[i];
    PyMem_RawFree(shape.ptr);
    return PyLong_FromSsize_t(total);
}

static PyMethodDef reshape_methods[] = {
    {"total", reshape_flat, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef reshape_module = {
    PyModuleDef_HEAD_INIT, "reshape", NULL, -1, reshape_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_reshape(void)
{
    import_array();
    return PyModule_Create(&reshape_module);
}
/* run: assert mod.total((2, 3)) == 6 */
