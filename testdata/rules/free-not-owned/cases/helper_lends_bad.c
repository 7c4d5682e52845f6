/* A helper lends the bytes of its argument, or makes some of its own; the caller frees both. */
#include <Python.h>
#include <string.h>

static char *
plain_bytes(PyObject *given, Py_ssize_t *length, int *made)
{
    char *own;

    *length = 4;
    if (PyBytes_Check(given)) {
        *made = 0;
        return PyBytes_AsString(given);
    }
    own = PyMem_Malloc(5);
    if (own == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    memcpy(own, "none", 5);
    *made = 1;
    return own;
}

static int
text_view(PyObject *given, const char **out)
{
    const char *text = PyUnicode_AsUTF8(given);
    if (text == NULL)
        return -1;
    *out = text;
    return 0;
}

static PyObject *
tag_first(PyObject *Py_UNUSED(module), PyObject *given)
{
    Py_ssize_t length;
    int made = 0;
    long first;
    char *bytes = plain_bytes(given, &length, &made);

    if (bytes == NULL)
        return NULL;
    first = bytes[0];
    PyMem_Free(bytes); // expect: free-not-owned // because: 41, 15, 16, 46
    return PyLong_FromLong(first);
}

static PyObject *
tag_length(PyObject *Py_UNUSED(module), PyObject *given)
{
    const char *text;
    size_t length;

    if (text_view(given, &text) < 0)
        return NULL;
    length = strlen(text);
    PyMem_Free((void *)text); // expect: free-not-owned // because: 56, 28, 59
    return PyLong_FromSize_t(length);
}

static PyMethodDef tag_methods[] = {
    {"first", tag_first, METH_O, PyDoc_STR("first(...)")},
    {"length", tag_length, METH_O, PyDoc_STR("length(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef tag_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "tag",
    .m_size = -1,
    .m_methods = tag_methods,
};

PyMODINIT_FUNC
PyInit_tag(void)
{
    return PyModule_Create(&tag_module);
}
/* run: assert mod.first(None) == ord("n") */
/* run: assert mod.first(b"abc") == ord("a") */
/* run: assert mod.length("abc") == 3 */
/* dies: bad ID|invalid pointer|signal */
