/* Behind the release of a text the length of its first word is asked for, which is a number; and once the word. */
#include <Python.h>
#include <string.h>

static PyObject *
words_first(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *given;
    char *text, *end;
    struct {
        Py_ssize_t length;
        char letter[8];
    } record = {0, ""};

    if (!PyArg_ParseTuple(args, "s:first", &given))
        return NULL;
    text = PyMem_Malloc(strlen(given) + 2);
    if (text == NULL)
        return PyErr_NoMemory();
    strcpy(text, given);
    strcat(text, " ");
    end = strchr(text, ' ');
    PyMem_Free(text);
    record.length = end - text;
    memcpy(record.letter, text, 1); // expect: use-after-free // because: 17
    return Py_BuildValue("nc", record.length, record.letter[0]);
}

static PyMethodDef wordsmod_methods[] = {
    {"first", words_first, METH_VARARGS, PyDoc_STR("first(...)")},
    {NULL, NULL, 0, NULL},
};

static int
wordsmod_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot wordsmod_slots[] = {
    {Py_mod_exec, wordsmod_exec},
    {0, NULL},
};

static struct PyModuleDef wordsmod_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "wordsmod",
    .m_methods = wordsmod_methods,
    .m_slots = wordsmod_slots,
};

PyMODINIT_FUNC
PyInit_wordsmod(void)
{
    return PyModuleDef_Init(&wordsmod_module);
}
/* run: mod.first("two words") */
/* asan: heap-use-after-free */
