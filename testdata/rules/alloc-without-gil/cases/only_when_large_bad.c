/* The lock is released only for large inputs; the buffer is allocated while it may be released. */
#include <Python.h>
#include <stdint.h>

#define WORTH_IT 500

static void
box_blur(const uint8_t *in, uint8_t *out, Py_ssize_t n, int radius)
{
    for (Py_ssize_t i = 0; i < n; i++) {
        unsigned sum = 0, count = 0;
        for (Py_ssize_t j = i - radius; j <= i + radius; j++) {
            if (j >= 0 && j < n) {
                sum += in[j];
                count++;
            }
        }
        out[i] = (uint8_t)(sum / count);
    }
}

static PyObject *
blur_row(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyThreadState *ts = NULL;
    Py_buffer row;
    uint8_t *out;
    PyObject *result;
    int radius;

    if (!PyArg_ParseTuple(args, "y*i:blur_row", &row, &radius))
        return NULL;

    if (row.len > WORTH_IT)
        ts = PyEval_SaveThread();
    out = PyMem_Malloc((size_t)row.len + 1); // expect: alloc-without-gil // because: 35
    if (out != NULL)
        box_blur(row.buf, out, row.len, radius);
    if (ts != NULL)
        PyEval_RestoreThread(ts);

    if (out == NULL) {
        PyBuffer_Release(&row);
        return PyErr_NoMemory();
    }
    result = PyBytes_FromStringAndSize((char *)out, row.len);
    PyMem_Free(out);
    PyBuffer_Release(&row);
    return result;
}

static PyMethodDef blur_methods[] = {
    {"blur_row", blur_row, METH_VARARGS, PyDoc_STR("blur row(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef blur_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "blur",
    .m_size = -1,
    .m_methods = blur_methods,
};

PyMODINIT_FUNC
PyInit_blur(void)
{
    return PyModule_Create(&blur_module);
}
/* run: mod.blur_row(b"x" * 20, 2); mod.blur_row(b"x" * 5000, 2) */
/* dies: Python memory allocator called without holding the GIL */
