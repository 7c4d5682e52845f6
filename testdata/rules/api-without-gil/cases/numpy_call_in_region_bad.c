/* A NumPy function makes an array inside a region: the table of its API hides the callee. */
#define NPY_NO_DEPRECATED_API NPY_1_7_API_VERSION
#include <Python.h>
#include <numpy/arrayobject.h>
#include <math.h>

static PyObject *
waves_sine(PyObject *Py_UNUSED(module), PyObject *args)
{
    double frequency;
    Py_ssize_t n;
    npy_intp shape[1];
    PyArrayObject *out;

    if (!PyArg_ParseTuple(args, "nd:sine", &n, &frequency))
        return NULL;
    shape[0] = n;
    NPY_BEGIN_ALLOW_THREADS
    out = (PyArrayObject *)PyArray_SimpleNew(1, shape, NPY_DOUBLE); // expect: api-without-gil // because: 18
    if (out != NULL) {
        double *y = PyArray_DATA(out);
        for (Py_ssize_t i = 0; i < n; i++)
            y[i] = sin(6.283185307179586 * frequency * (double)i);
    }
    NPY_END_ALLOW_THREADS
    return (PyObject *)out;
}

static PyMethodDef waves_methods[] = {
    {"sine", waves_sine, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef waves_module = {
    PyModuleDef_HEAD_INIT, "waves", NULL, -1, waves_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_waves(void)
{
    import_array();
    return PyModule_Create(&waves_module);
}
/* link: -lm */
/* run: assert len(mod.sine(8, 0.1)) == 8 */
/* dies: signal 11|without holding the GIL */
