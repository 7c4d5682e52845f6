/* A helper says whether it took what it was given, and another hands the answer on; the caller does not ask it. */
#include <Python.h>
#include <string.h>

static char *kept;

static int
text_taken(char *text, Py_ssize_t n)
{
    if (n > 8) {
        PyMem_Free(text);
        return 1;
    }
    return 0;
}

static int
text_refused(char *text, Py_ssize_t n)
{
    return text_taken(text, n);
}

static PyObject *
text_keep(PyObject *Py_UNUSED(module), PyObject *arg)
{
    Py_ssize_t n;
    const char *given = PyUnicode_AsUTF8AndSize(arg, &n);
    char *text = given == NULL ? NULL : PyMem_Malloc((size_t)n + 1);

    if (text == NULL)
        return given == NULL ? NULL : PyErr_NoMemory();
    strcpy(text, given);
    if (!text_refused(text, n)) {
        PyMem_Free(kept);
        kept = text;
    }
    return PyBool_FromLong(kept != NULL);
}

static PyMethodDef text_methods[] = {
    {"keep", text_keep, METH_O, PyDoc_STR("keep(text)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef text_module = {
    PyModuleDef_HEAD_INIT, "text", NULL, -1, text_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_text(void)
{
    return PyModule_Create(&text_module);
}
/* run: mod.keep("short"); mod.keep("much too long") */
