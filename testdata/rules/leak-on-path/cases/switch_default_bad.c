/* Every case of a switch releases, the default does not. */
#include <Python.h>
#include <string.h>

static PyObject *
recase_text(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *text;
    int mode;
    char *copy;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "sC:text", &text, &mode))
        return NULL;
    copy = PyMem_Malloc(strlen(text) + 1);
    if (copy == NULL)
        return PyErr_NoMemory();
    strcpy(copy, text);
    switch (mode) {
    case 'u':
        for (char *p = copy; *p; p++)
            *p = (char)Py_TOUPPER(*p);
        break;
    case 'l':
        for (char *p = copy; *p; p++)
            *p = (char)Py_TOLOWER(*p);
        break;
    default:
        PyErr_Format(PyExc_ValueError, "mode %c", mode);
        return NULL; // expect: leak-on-path // because: 15
    }
    result = PyUnicode_FromString(copy);
    PyMem_Free(copy);
    return result;
}

static PyMethodDef recase_methods[] = {
    {"text", recase_text, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef recase_module = {
    PyModuleDef_HEAD_INIT, "recase", NULL, -1, recase_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_recase(void)
{
    return PyModule_Create(&recase_module);
}
/* run: assert mod.text("ab", "u") == "AB" */
/* run: try: mod.text("ab" * 50, "x") */
/* run: except ValueError: pass */
/* leaks: recase_text */
