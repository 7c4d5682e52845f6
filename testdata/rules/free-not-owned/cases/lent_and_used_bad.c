/* What a helper lends or makes is shown to a logger before the caller releases it on the wrong branch. */
#include <Python.h>
#include <stdio.h>
#include <string.h>

static char *
zone_of(PyObject *given, int *own)
{
    char *copy;

    *own = 0;
    if (PyUnicode_Check(given))
        return (char *)PyUnicode_AsUTF8(given);
    copy = PyMem_Malloc(4);
    if (copy == NULL) {
        PyErr_NoMemory();
        return NULL;
    }
    memcpy(copy, "UTC", 4);
    *own = 1;
    return copy;
}

static PyObject *
zone_size(PyObject *Py_UNUSED(module), PyObject *given)
{
    int own;
    Py_ssize_t size;
    char *zone = zone_of(given, &own);

    if (zone == NULL)
        return NULL;
    size = (Py_ssize_t)strlen(zone);
    if (puts(zone) < 0) {
        if (own)
            PyMem_Free(zone);
        return PyErr_SetFromErrno(PyExc_OSError);
    }
    PyMem_Free(zone); // expect: free-not-owned // because: 29, 14, 15, 39
    return PyLong_FromSsize_t(size);
}

static PyMethodDef zone_methods[] = {
    {"size", zone_size, METH_O, PyDoc_STR("size(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef zone_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "zone",
    .m_size = -1,
    .m_methods = zone_methods,
};

PyMODINIT_FUNC
PyInit_zone(void)
{
    return PyModule_Create(&zone_module);
}

/* run: assert mod.size("CET+1") == 5 */
/* dies: bad ID|invalid pointer|signal */
