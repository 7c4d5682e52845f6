/* Released under one condition, used under another that overlaps it. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

static PyObject *
pick_word(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *text;
    char *copy;
    int n, index;
    PyObject *result = NULL;

    if (!PyArg_ParseTuple(args, "si:word", &text, &index))
        return NULL;
    copy = strdup(text);
    if (copy == NULL)
        return PyErr_NoMemory();
    n = (int)strlen(copy);
    if (index >= n) {
        free(copy);
        copy = copy;
    }
    if (index > 100)
        PyErr_SetString(PyExc_IndexError, "far out");
    else if (n > 0)
        result = PyUnicode_FromString(copy + (index < n ? index : 0)); // expect: use-after-free // because: 21
    else
        PyErr_SetString(PyExc_IndexError, "out of range");
    if (index < n)
        free(copy);
    return result;
}

static PyMethodDef pickword_methods[] = {
    {"word", pick_word, METH_VARARGS, PyDoc_STR("word(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef pickword_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "pickword",
    .m_size = -1,
    .m_methods = pickword_methods,
};

PyMODINIT_FUNC
PyInit_pickword(void)
{
    return PyModule_Create(&pickword_module);
}
/* run: assert mod.word("abc", 1) == "bc" */
/* run: try: mod.word("abc", 5) */
/* run: except IndexError: pass */
/* asan: heap-use-after-free */
