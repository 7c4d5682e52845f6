/* A helper turns a pointer and its kind into one number; a text with a kind too large for it is lost as such a number. */
#include <Python.h>
#include <stdint.h>
#include <string.h>

static uintptr_t kept[4];

static uintptr_t
number_of(void *text, int kind)
{
    return (uintptr_t)text | ((uintptr_t)kind & 3);
}

static void *
text_of(uintptr_t number)
{
    return (void *)(number & ~(uintptr_t)3);
}

static PyObject *
kept_set(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *given;
    int kind;
    char *text;
    uintptr_t number;

    if (!PyArg_ParseTuple(args, "is:set", &kind, &given))
        return NULL;
    text = PyMem_Malloc(strlen(given) + 1);
    if (text == NULL)
        return PyErr_NoMemory();
    strcpy(text, given);
    number = number_of(text, kind);
    if (kind > 3 || kind < 0) {
        PyErr_SetString(PyExc_ValueError, "no such kind");
        return NULL; // expect: leak-on-path // because: 30
    }
    PyMem_Free(text_of(kept[kind]));
    kept[kind] = number;
    Py_RETURN_NONE;
}

static PyMethodDef kept_methods[] = {
    {"set", kept_set, METH_VARARGS, PyDoc_STR("set(kind, text)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef kept_module = {
    PyModuleDef_HEAD_INIT, "kept", NULL, -1, kept_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_kept(void)
{
    return PyModule_Create(&kept_module);
}
/* run: mod.set(1, "one"); mod.set(1, "two") */
/* run: try: mod.set(9, "lost") */
/* run: except ValueError: pass */
/* leaks: kept_set */
