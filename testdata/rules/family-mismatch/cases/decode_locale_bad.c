/* Py_DecodeLocale gives a raw block, unlike its sister Py_EncodeLocale. */
#include <Python.h>
#include <locale.h>
#include <wchar.h>

static PyObject *
coll_compare(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *a, *b;
    wchar_t *wa, *wb;
    long order;

    if (!PyArg_ParseTuple(args, "ss:compare", &a, &b))
        return NULL;
    wa = Py_DecodeLocale(a, NULL);
    if (wa == NULL)
        return PyErr_NoMemory();
    wb = Py_DecodeLocale(b, NULL);
    if (wb == NULL) {
        PyMem_RawFree(wa);
        return PyErr_NoMemory();
    }
    order = wcscoll(wa, wb);
    PyMem_Free(wa); // expect: family-mismatch // because: 15
    PyMem_RawFree(wb);
    return PyLong_FromLong((order > 0) - (order < 0));
}

static PyMethodDef coll_methods[] = {
    {"compare", coll_compare, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef coll_module = {
    PyModuleDef_HEAD_INIT, "coll", NULL, -1, coll_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_coll(void)
{
    return PyModule_Create(&coll_module);
}
/* run: assert mod.compare("a", "b") == -1 */
/* dies: bad ID|signal */
