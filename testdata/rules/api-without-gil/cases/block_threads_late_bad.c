/* Early return out of a block: Py_BLOCK_THREADS comes after the exception. */
#include <Python.h>
#include <stdint.h>

static PyObject *
varint_sum(PyObject *Py_UNUSED(module), PyObject *arg)
{
    char *bytes;
    Py_ssize_t n, i = 0;
    uint64_t sum = 0;

    if (PyBytes_AsStringAndSize(arg, &bytes, &n) < 0)
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    while (i < n) {
        uint64_t v = 0;
        int shift = 0;
        do {
            if (i == n || shift > 56) {
                PyErr_Format(PyExc_ValueError, "bad varint at %zd", i); // expect: api-without-gil // because: 14
                Py_BLOCK_THREADS
                return NULL;
            }
            v |= (uint64_t)(bytes[i] & 0x7f) << shift;
            shift += 7;
        } while (bytes[i++] & 0x80);
        sum += v;
    }
    Py_END_ALLOW_THREADS
    return PyLong_FromUnsignedLongLong(sum);
}

static PyMethodDef varint_methods[] = {
    {"sum", varint_sum, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef varint_module = {
    PyModuleDef_HEAD_INIT, "varint", NULL, -1, varint_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_varint(void)
{
    return PyModule_Create(&varint_module);
}
/* run: assert mod.sum(b"\x01\x80\x01") == 129 */
/* run: try: mod.sum(b"\x80") */
/* run: except ValueError: pass */
/* dies: signal 11|without holding the GIL */
