/* A variable holds a literal unless the caller gave a value; the release does not tell them apart. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

static PyObject *
title_make(PyObject *Py_UNUSED(module), PyObject *args)
{
    char *title = "untitled";
    const char *given = NULL;
    PyObject *text;

    if (!PyArg_ParseTuple(args, "|z:make", &given))
        return NULL;
    if (given != NULL) {
        title = strdup(given);
        if (title == NULL)
            return PyErr_NoMemory();
        title[0] = (char)Py_TOUPPER(title[0]);
    }
    text = PyUnicode_FromString(title);
    if (given != NULL)
    free(title);
    return text;
}

static PyMethodDef title_methods[] = {
    {"make", title_make, METH_VARARGS, PyDoc_STR("make(...)")},
    {NULL, NULL, 0, NULL},
};

static int
title_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot title_slots[] = {
    {Py_mod_exec, title_exec},
    {0, NULL},
};

static struct PyModuleDef title_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "title",
    .m_methods = title_methods,
    .m_slots = title_slots,
};

PyMODINIT_FUNC
PyInit_title(void)
{
    return PyModuleDef_Init(&title_module);
}
/* run: assert mod.make("ab") == "Ab"; assert mod.make() == "untitled" */
