#include "stream.h"

static PyObject *
samples_read(PyObject *Py_UNUSED(module), PyObject *file)
{
    struct source source = {file, 0};
    struct reader *reader;
    float out[256];
    int n = -1;

    Py_BEGIN_ALLOW_THREADS
    reader = reader_open(&source_ops, &source);
    if (reader != NULL) {
        n = reader_samples(reader, out, 256);
        reader_close(reader);
    }
    Py_END_ALLOW_THREADS
    if (n < 0 || source.failed)
        return PyErr_Format(PyExc_OSError, "cannot read it");
    return PyBytes_FromStringAndSize((char *)out, (Py_ssize_t)n * (Py_ssize_t)sizeof *out);
}

static PyMethodDef samples_methods[] = {
    {"read", samples_read, METH_O, PyDoc_STR("read(file) -> bytes")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef samples_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "samples",
    .m_size = -1,
    .m_methods = samples_methods,
};

PyMODINIT_FUNC
PyInit_samples(void)
{
    return PyModule_Create(&samples_module);
}
/* run: with __import__("contextlib").suppress(TypeError): mod.read() */
