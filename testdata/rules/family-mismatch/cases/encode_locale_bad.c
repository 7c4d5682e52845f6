/* Py_EncodeLocale gives a PyMem block, which the raw release does not take. */
#include <Python.h>
#include <stdlib.h>

static PyObject *
env_width(PyObject *Py_UNUSED(module), PyObject *arg)
{
    wchar_t *wide = PyUnicode_AsWideCharString(arg, NULL);
    const char *value;
    char *name;
    size_t position;

    if (wide == NULL)
        return NULL;
    name = Py_EncodeLocale(wide, &position);
    PyMem_Free(wide);
    if (name == NULL)
        return PyErr_Format(PyExc_ValueError, "cannot encode position %zu", position);
    value = getenv(name);
    PyMem_RawFree(name); // expect: family-mismatch // because: 15
    return value != NULL ? PyUnicode_FromString(value) : Py_NewRef(Py_None);
}

static PyMethodDef envwide_methods[] = {
    {"get", env_width, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef envwide_module = {
    PyModuleDef_HEAD_INIT, "envwide", NULL, -1, envwide_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_envwide(void)
{
    return PyModule_Create(&envwide_module);
}
/* run: assert mod.get("PATH") */
/* dies: bad ID|signal */
