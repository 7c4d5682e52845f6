/* A helper gets a view and refuses some: -1 or 0, as the getter itself. The next call of it fails. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>

static int
get_words(PyObject *object, Py_buffer *view)
{
    if (PyObject_GetBuffer(object, view, PyBUF_SIMPLE) < 0)
        return -1;
    if (view->len % sizeof(uint32_t) != 0) {
        PyErr_SetString(PyExc_ValueError, "whole words are wanted");
        PyBuffer_Release(view);
        return -1;
    }
    return 0;
}

static PyObject *
words_differ(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *left, *right;
    Py_buffer a, b;
    int differ;

    if (!PyArg_ParseTuple(args, "OO:differ", &left, &right))
        return NULL;
    if (get_words(left, &a) < 0)
        return NULL;
    if (get_words(right, &b) < 0)
        return NULL; // expect: leak-on-path // because: 28, 9
    differ = a.len != b.len || memcmp(a.buf, b.buf, (size_t)a.len) != 0;
    PyBuffer_Release(&a);
    PyBuffer_Release(&b);
    return PyBool_FromLong(differ);
}

static PyMethodDef worddiff_methods[] = {
    {"differ", words_differ, METH_VARARGS, PyDoc_STR("differ(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef worddiff_module = {
    PyModuleDef_HEAD_INIT, "worddiff", NULL, -1, worddiff_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_worddiff(void)
{
    return PyModule_Create(&worddiff_module);
}
/* run: assert mod.differ(b"abcd", b"abce") */
/* run: held = bytearray(4000) */
/* run: try: mod.differ(held, b"abc") */
/* run: except ValueError: pass */
/* run: held.append(1) */
/* raises: BufferError */
