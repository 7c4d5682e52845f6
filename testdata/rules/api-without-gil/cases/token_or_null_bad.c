/* The helper leaves its caller a token, or null where it kept the lock; the error is raised a line too early. */
#include <Python.h>

static int
threads_off(PyThreadState **state, int wanted)
{
    *state = NULL;
    if (wanted)
        *state = PyEval_SaveThread();
    return wanted;
}

static void
threads_on(PyThreadState **state)
{
    if (*state != NULL) {
        PyEval_RestoreThread(*state);
        *state = NULL;
    }
}

static PyObject *
tally_sum(PyObject *Py_UNUSED(module), PyObject *args)
{
    Py_buffer view;
    PyThreadState *state;
    unsigned long long sum = 0;

    if (!PyArg_ParseTuple(args, "y*", &view))
        return NULL;
    threads_off(&state, view.len > 2048);
    for (Py_ssize_t i = 0; i < view.len; i++)
        sum += ((unsigned char *)view.buf)[i];
    if (sum == 0)
        PyErr_SetString(PyExc_ValueError, "nothing in it"); // expect: api-without-gil // because: 31
    threads_on(&state);
    PyBuffer_Release(&view);
    if (sum == 0)
        return NULL;
    return PyLong_FromUnsignedLongLong(sum);
}

static PyMethodDef tally_methods[] = {
    {"sum", tally_sum, METH_VARARGS, PyDoc_STR("sum(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef tally_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "tally",
    .m_size = -1,
    .m_methods = tally_methods,
};

PyMODINIT_FUNC
PyInit_tally(void)
{
    return PyModule_Create(&tally_module);
}
/* run: assert mod.sum(b"ab") == 195 */
/* run: import unittest; unittest.TestCase().assertRaises(ValueError, mod.sum, bytearray(4096)) */
/* dies: signal 11|without holding the GIL|thread state */
