/* The flag that tells the family is stored behind the block; the release tests it the wrong way round. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>
typedef struct {
    char *text;
    int from_python;
} label;
static int
label_from_object(label *l, PyObject *o) {
    Py_ssize_t n;
    wchar_t *w = PyUnicode_AsWideCharString(o, &n);
    size_t i;
    if (w == NULL)
        return -1;
    l->text = PyMem_Malloc((size_t)n + 1);
    l->from_python = 1;
    if (l->text == NULL) {
        PyMem_Free(w);
        PyErr_NoMemory();
        return -1;
    }
    for (i = 0; i <= (size_t)n; i++)
        l->text[i] = (char)w[i];
    PyMem_Free(w);
    return 0;
}
static int
label_from_env(label *l, const char *name) {
    const char *v = getenv(name);
    l->text = strdup(v ? v : "");
    l->from_python = 0;
    return l->text ? 0 : -1;
}
static void
label_free(label *l) {
    if (l->from_python)
        PyMem_Free(l->text);
    else
        free(l->text);
}
static PyObject *
py_label(PyObject *self, PyObject *arg) {
    label l;
    PyObject *r;
    if (arg == Py_None ? label_from_env(&l, "HOME") : label_from_object(&l, arg))
        return PyErr_Occurred() ? NULL : PyErr_NoMemory();
    r = PyUnicode_FromString(l.text);
    label_free(&l);
    return r;
}
static PyMethodDef methods[] = {{"label", py_label, METH_O, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef mod = {
    PyModuleDef_HEAD_INIT, "label", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC
PyInit_label(void) {
    return PyModule_Create(&mod);
}
/* run: assert mod.label("abc") == "abc" */
