/* A failure deep inside a decoder raises through two helpers, while the caller has released the lock. */
#include <Python.h>
#include <stdint.h>

struct reader {
    const uint8_t *at, *end;
};

static PyObject *DecodeError;

static int
fail(const char *what, Py_ssize_t left)
{
    PyGILState_STATE held = PyGILState_Ensure();
    PyErr_Format(DecodeError, "%s, %zd bytes left", what, left);
    PyGILState_Release(held);
    return -1;
}

static int
need(struct reader *r, Py_ssize_t n)
{
    Py_ssize_t left = r->end - r->at;

    return left < n ? fail("truncated input", left) : 0;
}

/* Sum of all tag-length-value records. */
static int
decode(struct reader *r, uint64_t *total)
{
    while (r->at < r->end) {
        uint8_t width;

        if (need(r, 2) < 0)
            return -1;
        width = r->at[1];
        r->at += 2;
        if (need(r, width) < 0)
            return -1;
        for (uint8_t i = 0; i < width; i++)
            *total += r->at[i];
        r->at += width;
    }
    return 0;
}

static PyObject *
tlv_total(PyObject *Py_UNUSED(module), PyObject *arg)
{
    struct reader r;
    uint64_t total = 0;
    Py_buffer view;
    int status;

    if (PyObject_GetBuffer(arg, &view, PyBUF_SIMPLE) < 0)
        return NULL;
    r.at = view.buf;
    r.end = r.at + view.len;
    Py_BEGIN_ALLOW_THREADS
    status = decode(&r, &total);
    Py_END_ALLOW_THREADS
    PyBuffer_Release(&view);
    if (status < 0)
        return NULL;
    return PyLong_FromUnsignedLongLong(total);
}

static int
tlv_setup(void)
{
    DecodeError = PyErr_NewException("tlv.DecodeError", PyExc_ValueError, NULL);
    return DecodeError == NULL ? -1 : 0;
}

static PyMethodDef tlv_methods[] = {
    {"total", tlv_total, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef tlv_module = {
    PyModuleDef_HEAD_INIT, "tlv", NULL, -1, tlv_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_tlv(void)
{
    if (tlv_setup() < 0)
        return NULL;
    return PyModule_Create(&tlv_module);
}
/* run: assert mod.total(b"\x01\x02\x05\x05") == 10 */
/* run: try: mod.total(b"\x01\x09\x05") */
/* run: except ValueError: pass */
