/* The callee releases its argument when it fails; so does the caller. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

/* Adds the word to the set. Releases it when that fails, keeps nothing of it either way. */
static int
add_word(PyObject *set, char *word)
{
    PyObject *text = PyUnicode_FromString(word);
    int status = text == NULL ? -1 : PySet_Add(set, text);

    Py_XDECREF(text);
    if (status < 0)
        free(word);
    return status;
}

static PyObject *
wordset_add(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *set;
    const char *word;
    char *copy;

    if (!PyArg_ParseTuple(args, "Os:add", &set, &word))
        return NULL;
    copy = strdup(word);
    if (copy == NULL)
        return PyErr_NoMemory();
    if (add_word(set, copy) < 0) {
        free(copy); // expect: double-free // because: 31
        return NULL;
    }
    free(copy);
    Py_RETURN_NONE;
}

static PyMethodDef wordset_methods[] = {
    {"add", wordset_add, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef wordset_module = {
    PyModuleDef_HEAD_INIT, "wordset", NULL, -1, wordset_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_wordset(void)
{
    return PyModule_Create(&wordset_module);
}
/* run: s = set(); mod.add(s, "a"); assert s == {"a"} */
/* run: try: mod.add([], "a") */
/* run: except SystemError: pass */
/* asan: attempting double-free */
