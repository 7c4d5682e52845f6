/* PyUnicode_AsUTF8 gives the string's own cache. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

static PyObject *
vowels_count(PyObject *Py_UNUSED(module), PyObject *arg)
{
    char *text = (char *)PyUnicode_AsUTF8(arg);
    long count = 0;

    if (text == NULL)
        return NULL;
    for (char *p = text; (p = strpbrk(p, "aeiou")) != NULL; p++)
        count++;
    return PyLong_FromLong(count);
}

static PyMethodDef vowels_methods[] = {
    {"count", vowels_count, METH_O, PyDoc_STR("count(...)")},
    {NULL, NULL, 0, NULL},
};

static int
vowels_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot vowels_slots[] = {
    {Py_mod_exec, vowels_exec},
    {0, NULL},
};

static struct PyModuleDef vowels_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "vowels",
    .m_methods = vowels_methods,
    .m_slots = vowels_slots,
};

PyMODINIT_FUNC
PyInit_vowels(void)
{
    return PyModuleDef_Init(&vowels_module);
}
/* run: assert mod.count("h\u00e4llo wi\u00dfen") == 3 */
