/* Py_BLOCK_THREADS takes the lock for an error, then the path runs into Py_END_ALLOW_THREADS: taken twice. */
#include <Python.h>
#include <string.h>

static PyObject *
ascii_only(PyObject *Py_UNUSED(module), PyObject *arg)
{
    char *text;
    Py_ssize_t n;

    if (PyBytes_AsStringAndSize(arg, &text, &n) < 0)
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t i = 0; i < n; i++) {
        if ((unsigned char)text[i] > 127) {
            Py_BLOCK_THREADS
            PyErr_Format(PyExc_ValueError, "byte %zd is not ASCII", i);
            break;
        }
    }
    Py_END_ALLOW_THREADS // expect: gil-unbalanced // because: 16
    return PyErr_Occurred() ? NULL : Py_NewRef(arg);
}

static PyMethodDef asciionly_methods[] = {
    {"only", ascii_only, METH_O, PyDoc_STR("only(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef asciionly_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "asciionly",
    .m_size = -1,
    .m_methods = asciionly_methods,
};

PyMODINIT_FUNC
PyInit_asciionly(void)
{
    return PyModule_Create(&asciionly_module);
}
/* run: mod.only(b"abc") */
/* run: try: mod.only(b"\xff") */
/* run: except ValueError: pass */
/* hangs: the thread waits for a lock that it holds itself */
