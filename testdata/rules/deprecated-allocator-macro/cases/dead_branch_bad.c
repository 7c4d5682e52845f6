/* Old names in code that is not compiled, in comments and in strings are nobody's business; one is live. */
#include <Python.h>
#include <string.h>

#if PY_VERSION_HEX < 0x03000000
#define FIRST_ALLOC(n) PyMem_MALLOC(n)
#define FIRST_FREE(p) PyMem_FREE(p)
#else
#define FIRST_ALLOC(n) PyMem_Malloc(n)
#define FIRST_FREE(p) PyMem_FREE(p) // expect: deprecated-allocator-macro
#endif

/* Used to be PyMem_NEW(char, n) and PyMem_DEL(p). */
static const char NOTE[] = "PyMem_DEL(p) is spelled PyMem_Free(p)";

static PyObject *
first_word(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *text;
    char *word;
    size_t n;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "s:word", &text))
        return NULL;
    n = strcspn(text, " ");
    word = FIRST_ALLOC(n + 1);
    if (word == NULL)
        return PyErr_NoMemory();
    memcpy(word, text, n);
    word[n] = '\0';
    result = PyUnicode_FromString(word);
    FIRST_FREE(word);
    return result;
}

static PyObject *
first_note(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none))
{
#ifdef FIRST_OLD_NOTE
    char *copy = PyMem_NEW(char, sizeof(NOTE));
    PyMem_DEL(copy);
#endif
    return PyUnicode_FromString(NOTE);
}

static PyMethodDef firstword_methods[] = {
    {"word", first_word, METH_VARARGS, PyDoc_STR("word(...)")},
    {"note", first_note, METH_NOARGS, PyDoc_STR("note(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef firstword_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "firstword",
    .m_size = -1,
    .m_methods = firstword_methods,
};

PyMODINIT_FUNC
PyInit_firstword(void)
{
    return PyModule_Create(&firstword_module);
}
/* run: assert mod.word("ab cd") == "ab"; mod.note() */
/* from facts: soft-deprecated aliases, still in the headers of 3.11 and 3.13 */
