/* Objects made and released by the old names. */
#include <Python.h>
#include <stddef.h>
#include <string.h>

typedef struct {
    PyObject_VAR_HEAD
    unsigned char bytes[1];
} Blob;

static PyTypeObject BlobType;

static void
blob_dealloc(PyObject *op)
{
    PyObject_Free(op);
}

static PyObject *
blob_repr(PyObject *op)
{
    return PyUnicode_FromFormat("<blob of %zd>", Py_SIZE(op));
}

static PyTypeObject BlobType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "blob.Blob",
    .tp_basicsize = offsetof(Blob, bytes),
    .tp_itemsize = 1,
    .tp_dealloc = blob_dealloc,
    .tp_repr = blob_repr,
    .tp_flags = Py_TPFLAGS_DEFAULT,
};

static PyObject *
blob_zeros(PyObject *Py_UNUSED(module), PyObject *arg)
{
    Py_ssize_t n = PyNumber_AsSsize_t(arg, PyExc_OverflowError);
    Blob *blob;

    if (n < 0)
        return PyErr_Occurred() ? NULL : PyErr_Format(PyExc_ValueError, "%zd bytes", n);
    blob = PyObject_NewVar(Blob, &BlobType, n);
    if (blob == NULL)
        return NULL;
    memset(blob->bytes, 0, (size_t)n);
    return (PyObject *)blob;
}

static PyMethodDef blob_methods[] = {
    {"zeros", blob_zeros, METH_O, PyDoc_STR("zeros(...)")},
    {NULL, NULL, 0, NULL},
};

static int
blob_exec(PyObject *m)
{
    if (PyModule_AddType(m, &BlobType) < 0)
        return -1;
    return 0;
}

static PyModuleDef_Slot blob_slots[] = {
    {Py_mod_exec, blob_exec},
    {0, NULL},
};

static struct PyModuleDef blob_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "blob",
    .m_methods = blob_methods,
    .m_slots = blob_slots,
};

PyMODINIT_FUNC
PyInit_blob(void)
{
    return PyModuleDef_Init(&blob_module);
}
/* run: assert repr(mod.zeros(3)) == "<blob of 3>" */
