/* NumPy style: the lock is released unless needs_api; the loop asks for errors only if needs_api. */
#define NPY_NO_DEPRECATED_API NPY_1_7_API_VERSION
#include <Python.h>
#include <numpy/arrayobject.h>

typedef int (*pair_fn)(char *a, char *b);

static int
swap_ints(char *a, char *b)
{
    npy_intp t = *(npy_intp *)a;

    *(npy_intp *)a = *(npy_intp *)b;
    *(npy_intp *)b = t;
    return 0;
}

static int
swap_objects(char *a, char *b)
{
    PyObject *t = *(PyObject **)a;

    *(PyObject **)a = *(PyObject **)b;
    *(PyObject **)b = t;
    return PyErr_CheckSignals();
}

static int
flip(PyArrayObject *array)
{
    int needs_api = PyArray_TYPE(array) == NPY_OBJECT;
    pair_fn swap = needs_api ? swap_objects : swap_ints;
    char *low = PyArray_BYTES(array);
    char *high = low + (PyArray_SIZE(array) - 1) * PyArray_ITEMSIZE(array);
    npy_intp step = PyArray_ITEMSIZE(array);
    NPY_BEGIN_THREADS_DEF;

    if (!needs_api)
        NPY_BEGIN_THREADS;
    while (low < high) {
        swap(low, high);
        low += step;
        high -= step;
        if (needs_api && PyErr_Occurred())
            break;
    }
    NPY_END_THREADS;
    return needs_api && PyErr_Occurred() ? -1 : 0;
}

static PyObject *
flip_flip(PyObject *Py_UNUSED(module), PyObject *arg)
{
    if (!PyArray_Check(arg) || !PyArray_IS_C_CONTIGUOUS((PyArrayObject *)arg) ||
        (PyArray_TYPE((PyArrayObject *)arg) != NPY_INTP && PyArray_TYPE((PyArrayObject *)arg) != NPY_OBJECT)) {
        PyErr_SetString(PyExc_TypeError, "contiguous intp or object array wanted");
        return NULL;
    }
    if (flip((PyArrayObject *)arg) < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef flip_methods[] = {
    {"flip", flip_flip, METH_O, PyDoc_STR("flip(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef flip_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "flip",
    .m_size = -1,
    .m_methods = flip_methods,
};

PyMODINIT_FUNC
PyInit_flip(void)
{
    import_array();
    return PyModule_Create(&flip_module);
}
/* run: import numpy; a = numpy.arange(5); mod.flip(numpy.array([None, 1])); mod.flip(a); assert a[0] == 4 */
