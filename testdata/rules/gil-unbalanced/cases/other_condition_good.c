/* Release and re-acquire hang on two conditions that differ for one value. */
#include <Python.h>
#include <stdint.h>

#define MANY 500

static PyObject *
fold_sum(PyObject *Py_UNUSED(module), PyObject *arg)
{
    PyThreadState *ts = NULL;
    uint64_t sum = 0;
    char *bytes;
    Py_ssize_t n;

    if (PyBytes_AsStringAndSize(arg, &bytes, &n) < 0)
        return NULL;
    if (n > MANY)
        ts = PyEval_SaveThread();
    for (Py_ssize_t i = 0; i < n; i++)
        sum = sum * 31 + (unsigned char)bytes[i];
    if (n > MANY)
        PyEval_RestoreThread(ts);
    return PyLong_FromUnsignedLongLong(sum);
}

static PyMethodDef fold_methods[] = {
    {"sum", fold_sum, METH_O, PyDoc_STR("sum(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef fold_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "fold",
    .m_size = -1,
    .m_methods = fold_methods,
};

PyMODINIT_FUNC
PyInit_fold(void)
{
    return PyModule_Create(&fold_module);
}
/* run: mod.sum(b"a" * 499); mod.sum(b"a" * 501); mod.sum(b"a" * 500) */
