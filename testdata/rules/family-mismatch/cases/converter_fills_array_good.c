/* A converter fills an array of strings and its error label clears it; the clearing helper picks the wrong family. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>
typedef struct {
    char **items;
    Py_ssize_t count;
} pathvec;
static void
pathvec_clear(pathvec *v) {
    Py_ssize_t i;
    for (i = 0; i < v->count; i++)
        free(v->items[i]);
    PyMem_Free(v->items);
    v->items = NULL;
    v->count = 0;
}
static int
pathvec_converter(PyObject *o, void *p) {
    pathvec *v = (pathvec *)p;
    Py_ssize_t i, n;
    PyObject *seq = PySequence_Fast(o, "paths must be a sequence");
    if (seq == NULL)
        return 0;
    n = PySequence_Fast_GET_SIZE(seq);
    v->items = PyMem_New(char *, n + 1);
    if (v->items == NULL) {
        PyErr_NoMemory();
        goto fail;
    }
    for (i = 0; i < n; i++) {
        PyObject *bytes = NULL;
        if (!PyUnicode_FSConverter(PySequence_Fast_GET_ITEM(seq, i), &bytes))
            goto fail;
        v->items[i] = strdup(PyBytes_AS_STRING(bytes));
        Py_DECREF(bytes);
        if (v->items[i] == NULL) {
            PyErr_NoMemory();
            goto fail;
        }
        v->count = i + 1;
    }
    Py_DECREF(seq);
    return 1;
fail:
    pathvec_clear(v);
    Py_DECREF(seq);
    return 0;
}
static PyObject *
py_sync(PyObject *self, PyObject *args) {
    pathvec v = {NULL, 0};
    Py_ssize_t n;
    if (!PyArg_ParseTuple(args, "O&:sync", pathvec_converter, &v))
        return NULL;
    n = v.count;
    pathvec_clear(&v);
    return PyLong_FromSsize_t(n);
}
static PyMethodDef methods[] = {{"sync", py_sync, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef mod = {
    PyModuleDef_HEAD_INIT, "paths", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC
PyInit_paths(void) {
    return PyModule_Create(&mod);
}
/* run: assert mod.sync(["a", "b"]) == 2 */
