/* The old names stand in the bodies of the project's macros: there is where they are renamed, once. */
#include <Python.h>
#include <string.h>

#define TEXT_NEW(n) ((char *)PyMem_Malloc((n) + 1))
#define TEXT_DROP(t)                                                  \
    do {                                                              \
        if ((t) != NULL)                                              \
            PyMem_Free(t); \
    } while (0)

static PyObject *
mirror_text(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *text;
    char *copy;
    size_t n;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "s:text", &text))
        return NULL;
    n = strlen(text);
    copy = TEXT_NEW(n);
    if (copy == NULL)
        return PyErr_NoMemory();
    for (size_t i = 0; i < n; i++)
        copy[i] = text[n - 1 - i];
    copy[n] = '\0';
    result = PyUnicode_FromString(copy);
    TEXT_DROP(copy);
    return result;
}

static PyMethodDef mirror_methods[] = {
    {"text", mirror_text, METH_VARARGS, PyDoc_STR("text(...)")},
    {NULL, NULL, 0, NULL},
};

static int
mirror_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot mirror_slots[] = {
    {Py_mod_exec, mirror_exec},
    {0, NULL},
};

static struct PyModuleDef mirror_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "mirror",
    .m_methods = mirror_methods,
    .m_slots = mirror_slots,
};

PyMODINIT_FUNC
PyInit_mirror(void)
{
    return PyModuleDef_Init(&mirror_module);
}
/* run: assert mod.text("abc") == "cba" */
