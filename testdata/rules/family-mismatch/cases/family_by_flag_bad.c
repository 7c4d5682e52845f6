/* The family is chosen by a flag; the release tests the flag the wrong way round. */
#include <Python.h>
#include <string.h>

/* Scratch space that can be used with and without the lock. */
struct scratch {
    int raw;
    char *room;
};

static int
scratch_open(struct scratch *s, size_t size, int raw)
{
    s->raw = raw;
    if (raw)
        s->room = PyMem_RawMalloc(size);
    else
        s->room = PyMem_Malloc(size);
    return s->room == NULL ? -1 : 0;
}

static void
scratch_close(struct scratch *s)
{
    if (!s->raw)
        PyMem_RawFree(s->room); // expect: family-mismatch
    else
        PyMem_Free(s->room); // expect: family-mismatch
    s->room = NULL;
}

static PyObject *
rot13_rot(PyObject *Py_UNUSED(module), PyObject *args)
{
    struct scratch s;
    const char *text;
    int raw;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "sp:rot", &text, &raw))
        return NULL;
    if (scratch_open(&s, strlen(text) + 1, raw) < 0)
        return PyErr_NoMemory();
    strcpy(s.room, text);
    for (char *p = s.room; *p; p++) {
        if (Py_ISALPHA(*p))
            *p = (char)(Py_TOLOWER(*p) < 'n' ? *p + 13 : *p - 13);
    }
    result = PyUnicode_FromString(s.room);
    scratch_close(&s);
    return result;
}

static PyMethodDef rot13_methods[] = {
    {"rot", rot13_rot, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef rot13_module = {
    PyModuleDef_HEAD_INIT, "rot13", NULL, -1, rot13_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_rot13(void)
{
    return PyModule_Create(&rot13_module);
}
/* run: assert mod.rot("Uryyb", False) == "Hello"; mod.rot("Uryyb", True) */
/* dies: bad ID|signal */
