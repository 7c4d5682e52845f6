/* A failed check between allocation and release returns without the release. */
#include <Python.h>
#include <string.h>

static PyObject *
hexdec_decode(PyObject *Py_UNUSED(module), PyObject *arg)
{
    Py_ssize_t n;
    const char *text = PyUnicode_AsUTF8AndSize(arg, &n);
    unsigned char *bytes;
    PyObject *result;

    if (text == NULL)
        return NULL;
    bytes = PyMem_Malloc((size_t)n / 2 + 1);
    if (bytes == NULL)
        return PyErr_NoMemory();
    for (Py_ssize_t i = 0; i + 1 < n; i += 2) {
        char pair[3] = {text[i], text[i + 1], '\0'}, *end;
        bytes[i / 2] = (unsigned char)strtoul(pair, &end, 16);
        if (*end != '\0') {
            PyErr_Format(PyExc_ValueError, "bad digit near %zd", i);
            PyMem_Free(bytes);
            return NULL;
        }
    }
    result = PyBytes_FromStringAndSize((char *)bytes, n / 2);
    PyMem_Free(bytes);
    return result;
}

static PyMethodDef hexdec_methods[] = {
    {"decode", hexdec_decode, METH_O, PyDoc_STR("decode(...)")},
    {NULL, NULL, 0, NULL},
};

static int
hexdec_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot hexdec_slots[] = {
    {Py_mod_exec, hexdec_exec},
    {0, NULL},
};

static struct PyModuleDef hexdec_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "hexdec",
    .m_methods = hexdec_methods,
    .m_slots = hexdec_slots,
};

PyMODINIT_FUNC
PyInit_hexdec(void)
{
    return PyModuleDef_Init(&hexdec_module);
}
/* run: assert mod.decode("4142") == b"AB" */
/* run: try: mod.decode("4x" + "00" * 50) */
/* run: except ValueError: pass */
