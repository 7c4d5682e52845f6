/* Allocation in another file of the program, called with the lock released. */
#include <Python.h>
#include "rle.h"

static PyObject *
rle_encode_bytes(PyObject *Py_UNUSED(module), PyObject *arg)
{
    struct rle_out out;
    Py_buffer view;
    PyObject *result;
    int status;

    if (PyObject_GetBuffer(arg, &view, PyBUF_SIMPLE) < 0)
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    status = rle_encode(view.buf, (size_t)view.len, &out);
    Py_END_ALLOW_THREADS
    PyBuffer_Release(&view);
    if (status < 0)
        return PyErr_NoMemory();
    result = PyBytes_FromStringAndSize((const char *)out.bytes, (Py_ssize_t)out.length);
    rle_out_free(&out);
    return result;
}

static PyMethodDef rlemod_methods[] = {
    {"encode", rle_encode_bytes, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef rlemod_module = {
    PyModuleDef_HEAD_INIT, "rlemod", NULL, -1, rlemod_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_rlemod(void)
{
    return PyModule_Create(&rlemod_module);
}
/* run: assert mod.encode(b"aaab") == b"\x03a\x01b" */
