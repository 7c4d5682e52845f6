/* x != x asks for what is no number: the answer may be yes, and the exception is set without the lock. */
#include <Python.h>

static PyObject *
mean(PyObject *self, PyObject *args)
{
    Py_buffer b;
    double sum = 0;
    Py_ssize_t n;
    int invalid = 0;

    if (!PyArg_ParseTuple(args, "y*:mean", &b))
        return NULL;
    n = b.len / (Py_ssize_t)sizeof(double);
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t i = 0; i < n && !invalid; i++) {
        double v = ((double *)b.buf)[i];

        if (v != v) {
            invalid = 1;
        }
        sum += v;
    }
    Py_END_ALLOW_THREADS
    if (invalid)
        PyErr_SetString(PyExc_ValueError, "not a number");
    PyBuffer_Release(&b);
    if (invalid)
        return NULL;
    return PyFloat_FromDouble(n ? sum / (double)n : 0);
}

static PyMethodDef means_methods[] = {
    {"mean", mean, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef means_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "means",
    .m_size = -1,
    .m_methods = means_methods,
};

PyMODINIT_FUNC
PyInit_means(void)
{
    return PyModule_Create(&means_module);
}

/* run: import array; assert mod.mean(array.array("d", [2.0, 1.0])) == 1.5 */
/* run: exec("try: mod.mean(array.array('d', [float('nan')]))\nexcept ValueError: pass") */
