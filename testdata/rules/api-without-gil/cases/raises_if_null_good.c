/* A lookup raises only for a NULL default; the region passes a default. */
#include <Python.h>
#include <string.h>

struct entry {
    const char *key;
    const char *value;
};

static const struct entry mime_types[] = {
    {"html", "text/html"},
    {"json", "application/json"},
    {"png", "image/png"},
};

/* The type for an extension, else `fallback`; raises LookupError when that is NULL. */
static const char *
lookup(const char *key, const char *fallback)
{
    for (size_t i = 0; i < Py_ARRAY_LENGTH(mime_types); i++) {
        if (strcmp(mime_types[i].key, key) == 0)
            return mime_types[i].value;
    }
    if (fallback == NULL)
        PyErr_Format(PyExc_LookupError, "no type for '%s'", key); // held here
    return fallback;
}

static PyObject *
mime_guess(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *path, *dot, *type;

    if (!PyArg_ParseTuple(args, "s:guess", &path))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    dot = strrchr(path, '.');
    type = lookup(dot != NULL ? dot + 1 : "", "application/octet-stream");
    Py_END_ALLOW_THREADS
    return type != NULL ? PyUnicode_FromString(type) : NULL;
}

static PyObject *
mime_strict(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *extension, *type;

    if (!PyArg_ParseTuple(args, "s:strict", &extension))
        return NULL;
    type = lookup(extension, NULL);
    return type != NULL ? PyUnicode_FromString(type) : NULL;
}

static PyMethodDef mime_methods[] = {
    {"guess", mime_guess, METH_VARARGS, PyDoc_STR("guess(...)")},
    {"strict", mime_strict, METH_VARARGS, PyDoc_STR("strict(...)")},
    {NULL, NULL, 0, NULL},
};

static int
mime_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot mime_slots[] = {
    {Py_mod_exec, mime_exec},
    {0, NULL},
};

static struct PyModuleDef mime_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "mime",
    .m_methods = mime_methods,
    .m_slots = mime_slots,
};

PyMODINIT_FUNC
PyInit_mime(void)
{
    return PyModuleDef_Init(&mime_module);
}
/* run: try: mod.guess("a.xyz") */
/* run: except LookupError: pass */
