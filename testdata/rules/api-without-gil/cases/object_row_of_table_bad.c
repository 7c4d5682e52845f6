/* A ufunc has a loop for numbers and one for objects; NumPy keeps the lock for objects only. */
#define NPY_NO_DEPRECATED_API NPY_1_7_API_VERSION
#include <Python.h>
#include <numpy/arrayobject.h>
#include <numpy/ufuncobject.h>

static void
rowsum_numbers(char **args, const npy_intp *n, const npy_intp *step, void *Py_UNUSED(data))
{
    for (npy_intp i = 0; i < *n; i++) {
        npy_int64 x = *(npy_int64 *)(args[0] + i * step[0]);
        if (x < 0)
            PyErr_SetString(PyExc_ValueError, "negative"); // expect: api-without-gil // because: 34
        *(npy_int64 *)(args[1] + i * step[1]) = x < 0 ? 0 : x;
    }
}

static void
rowsum_objects(char **args, const npy_intp *n, const npy_intp *step, void *Py_UNUSED(data))
{
    for (npy_intp i = 0; i < *n; i++) {
        PyObject *result = PyNumber_Absolute(*(PyObject **)(args[0] + i * step[0]));
        Py_XSETREF(*(PyObject **)(args[1] + i * step[1]), result);
    }
}

static PyUFuncGenericFunction loops[] = {rowsum_numbers, rowsum_objects};
static char types[] = {NPY_INT64, NPY_INT64, NPY_OBJECT, NPY_OBJECT};
static void *data[] = {NULL, NULL};

static PyObject *
rowsum_make(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none))
{
    return PyUFunc_FromFuncAndData(loops, data, types, 2, 1, 1, PyUFunc_None, "rowsum", NULL, 0);
}

static PyMethodDef rowsum_methods[] = {
    {"make", rowsum_make, METH_NOARGS, PyDoc_STR("make(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef rowsum_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "rowsum",
    .m_size = -1,
    .m_methods = rowsum_methods,
};

PyMODINIT_FUNC
PyInit_rowsum(void)
{
    if (_import_array() < 0 || _import_umath() < 0)
        return NULL;
    return PyModule_Create(&rowsum_module);
}
/* run: import numpy; f = mod.make(); assert f(numpy.ones(1000, int)).sum() == 1000 */
/* run: f(numpy.full(1000, -1)) */
/* dies: signal 11|without holding the GIL|GIL */
