/* Allocation hidden in the project's own macro, used inside a released region. */
#include <Python.h>
#include <math.h>

#define VEC_NEW(n) PyMem_New(double, (n))
#define VEC_DEL(v) PyMem_Free(v)

/* Householder norm of every window of `width` samples. */
static int
window_norms(const double *in, Py_ssize_t n, Py_ssize_t width, double **norms)
{
    double *v = VEC_NEW(n - width + 1); // expect: alloc-without-gil // because: 43

    if (v == NULL)
        return -1;
    for (Py_ssize_t i = 0; i + width <= n; i++) {
        double sum = 0;
        for (Py_ssize_t j = 0; j < width; j++)
            sum += in[i + j] * in[i + j];
        v[i] = sqrt(sum);
    }
    *norms = v;
    return 0;
}

static PyObject *
window_norms_py(PyObject *Py_UNUSED(module), PyObject *args)
{
    Py_buffer view;
    Py_ssize_t width, n;
    double *norms = NULL;
    PyObject *result = NULL;
    int status;

    if (!PyArg_ParseTuple(args, "y*n:norms", &view, &width))
        return NULL;
    n = view.len / (Py_ssize_t)sizeof(double);
    if (width < 1 || width > n) {
        PyErr_SetString(PyExc_ValueError, "width out of range");
        PyBuffer_Release(&view);
        return NULL;
    }
    Py_BEGIN_ALLOW_THREADS
    status = window_norms(view.buf, n, width, &norms);
    Py_END_ALLOW_THREADS
    PyBuffer_Release(&view);
    if (status < 0)
        return PyErr_NoMemory();
    result = PyBytes_FromStringAndSize((char *)norms, (n - width + 1) * (Py_ssize_t)sizeof(double));
    VEC_DEL(norms);
    return result;
}

static PyMethodDef window_methods[] = {
    {"norms", window_norms_py, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef window_module = {
    PyModuleDef_HEAD_INIT, "window", NULL, -1, window_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_window(void)
{
    return PyModule_Create(&window_module);
}
/* link: -lm */
/* run: import array; mod.norms(array.array("d", [3.0, 4.0, 0.0]), 2) */
/* dies: Python memory allocator called without holding the GIL */
