/* Py_buffer.buf points into the exporter. */
#include <Python.h>
#include <stdlib.h>

static PyObject *
flipbits_count(PyObject *Py_UNUSED(module), PyObject *args)
{
    long ones = 0;
    Py_buffer view;

    if (!PyArg_ParseTuple(args, "y*:count", &view))
        return NULL;
    for (Py_ssize_t i = 0; i < view.len; i++)
        ones += __builtin_popcount(((unsigned char *)view.buf)[i]);
    PyBuffer_Release(&view);
    return PyLong_FromLong(ones);
}

static PyMethodDef flipbits_methods[] = {
    {"count", flipbits_count, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef flipbits_module = {
    PyModuleDef_HEAD_INIT, "flipbits", NULL, -1, flipbits_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_flipbits(void)
{
    return PyModule_Create(&flipbits_module);
}
/* run: assert mod.count(b"\xff" * 20) == 160 */
