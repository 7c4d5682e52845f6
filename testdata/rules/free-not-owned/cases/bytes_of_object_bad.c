/* The bytes of a bytes object are part of the object. */
#include <Python.h>
#include <stdlib.h>

static PyObject *
key_fingerprint(PyObject *Py_UNUSED(module), PyObject *arg)
{
    unsigned long h = 5381;
    char *bytes;
    Py_ssize_t n;

    if (PyBytes_AsStringAndSize(arg, &bytes, &n) < 0)
        return NULL;
    for (Py_ssize_t i = 0; i < n; i++)
        h = h * 33 + (unsigned char)bytes[i];
    free(bytes); // expect: free-not-owned // because: 12
    return PyLong_FromUnsignedLong(h);
}

static PyMethodDef keyprint_methods[] = {
    {"fingerprint", key_fingerprint, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef keyprint_module = {
    PyModuleDef_HEAD_INIT, "keyprint", NULL, -1, keyprint_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_keyprint(void)
{
    return PyModule_Create(&keyprint_module);
}
/* run: mod.fingerprint(b"abcdef" * 5) */
/* dies: invalid pointer|signal */
