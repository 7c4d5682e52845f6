/* PyArray_malloc and its kin are other names of the raw functions. */
#define NPY_NO_DEPRECATED_API NPY_1_7_API_VERSION
#include <Python.h>
#include <numpy/arrayobject.h>
#include <string.h>

static PyObject *
ranked_rank(PyObject *Py_UNUSED(module), PyObject *arg)
{
    PyArrayObject *array = (PyArrayObject *)PyArray_FROM_OTF(arg, NPY_DOUBLE, NPY_ARRAY_IN_ARRAY);
    double *seen, *more;
    npy_intp n, used = 0, room = 4;

    if (array == NULL)
        return NULL;
    seen = PyMem_RawMalloc((size_t)room * sizeof(*seen));
    if (seen == NULL) {
        Py_DECREF(array);
        return PyErr_NoMemory();
    }
    n = PyArray_SIZE(array);
    for (npy_intp i = 0; i < n; i++) {
        double x = ((double *)PyArray_DATA(array))[i];
        npy_intp j = 0;
        while (j < used && seen[j] != x)
            j++;
        if (j < used)
            continue;
        if (used == room) {
            more = PyMem_RawRealloc(seen, 2 * (size_t)room * sizeof(*seen));
            if (more == NULL) {
                PyMem_RawFree(seen);
                Py_DECREF(array);
                return PyErr_NoMemory();
            }
            seen = more;
            room *= 2;
        }
        seen[used++] = x;
    }
    PyMem_RawFree(seen);
    Py_DECREF(array);
    return PyLong_FromSsize_t(used);
}

static PyMethodDef ranked_methods[] = {
    {"rank", ranked_rank, METH_O, PyDoc_STR("rank(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef ranked_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "ranked",
    .m_size = -1,
    .m_methods = ranked_methods,
};

PyMODINIT_FUNC
PyInit_ranked(void)
{
    import_array();
    return PyModule_Create(&ranked_module);
}
/* run: assert mod.rank([1, 2, 1, 3, 4, 5, 6]) == 6 */
