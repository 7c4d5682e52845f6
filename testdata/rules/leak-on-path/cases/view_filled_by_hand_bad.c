/* A view is filled for text and asked for of anything else; a text that is too long leaves with its view. */
#include <Python.h>

static PyObject *
scan_first(PyObject *Py_UNUSED(module), PyObject *arg)
{
    PyObject *result = NULL;
    Py_buffer view = {NULL, NULL};

    if (PyUnicode_Check(arg)) {
        Py_ssize_t n;
        const char *text = PyUnicode_AsUTF8AndSize(arg, &n);
        if (text == NULL || PyBuffer_FillInfo(&view, arg, (void *)text, n, 1, PyBUF_SIMPLE) < 0)
            return NULL;
        if (n > 8)
            return PyErr_Format(PyExc_ValueError, "%zd bytes are too many", n); // expect: leak-on-path // because: 13
    } else if (PyObject_GetBuffer(arg, &view, PyBUF_SIMPLE) < 0) {
        return NULL;
    }
    if (view.len > 0)
        result = PyLong_FromLong(*(unsigned char *)view.buf);
    else
        PyErr_SetString(PyExc_ValueError, "nothing to scan");
    if (view.obj != NULL)
        PyBuffer_Release(&view);
    return result;
}

static PyMethodDef scan_methods[] = {
    {"first", scan_first, METH_O, PyDoc_STR("first(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef scan_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "scan",
    .m_size = -1,
    .m_methods = scan_methods,
};

PyMODINIT_FUNC
PyInit_scan(void)
{
    return PyModule_Create(&scan_module);
}
/* run: import sys; s = "x" * int("9"); n = sys.getrefcount(s) */
/* run: getattr(__import__("unittest").TestCase(), "assertRaises")(ValueError, mod.first, s) */
/* run: assert sys.getrefcount(s) == n and mod.first("ab") == 97 and mod.first(b"b") == 98 */
/* raises: AssertionError */
