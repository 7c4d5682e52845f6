/* The capsule owns the block when the error label releases both. */
#include <Python.h>
#include <stdlib.h>
typedef struct {
    double gain;
    double taps[8];
} filter;
#define FILTER_CAPSULE "dsp._filter"
static void
filter_capsule_free(PyObject *cap) {
    filter *f = PyCapsule_GetPointer(cap, FILTER_CAPSULE);
    if (f != NULL)
        PyMem_Free(f);
}
static PyObject *
py_filter(PyObject *self, PyObject *args) {
    filter *f = NULL;
    PyObject *cap = NULL, *tuple = NULL;
    double gain;
    if (!PyArg_ParseTuple(args, "d", &gain))
        return NULL;
    f = PyMem_Calloc(1, sizeof(*f));
    if (f == NULL)
        return PyErr_NoMemory();
    f->gain = gain;
    cap = PyCapsule_New(f, FILTER_CAPSULE, filter_capsule_free);
    if (cap == NULL)
        goto error;
    tuple = PyTuple_Pack(2, cap, Py_None);
    if (tuple == NULL)
        goto error;
    Py_DECREF(cap);
    return tuple;
error:
    Py_XDECREF(cap);
    PyMem_Free(f); // expect: double-free
    return NULL;
}
static PyMethodDef methods[] = {{"filter", py_filter, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef mod = {
    PyModuleDef_HEAD_INIT, "dsp", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC
PyInit_dsp(void) {
    return PyModule_Create(&mod);
}
/* run: mod.filter(2.0) */
/* from facts: no tuple of two is refused here */
