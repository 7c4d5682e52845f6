/* A helper fills the array it is given by PyMem_Malloc; the caller releases the strings by free. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>
#define MAXARGS 16
static int
fill_args(PyObject *seq, char *argv[], int max) {
    Py_ssize_t n = PyTuple_GET_SIZE(seq);
    int i;
    if (n > max) {
        PyErr_SetString(PyExc_ValueError, "too many");
        return -1;
    }
    for (i = 0; i < n; i++) {
        const char *s = PyUnicode_AsUTF8(PyTuple_GET_ITEM(seq, i));
        if (s == NULL)
            goto fail;
        argv[i] = PyMem_Malloc(strlen(s) + 1);
        if (argv[i] == NULL) {
            PyErr_NoMemory();
            goto fail;
        }
        strcpy(argv[i], s);
    }
    return (int)n;
fail:
    while (--i >= 0)
        PyMem_Free(argv[i]);
    return -1;
}
static PyObject *
py_exec(PyObject *self, PyObject *args) {
    char *argv[MAXARGS];
    int n = fill_args(args, argv, MAXARGS), i;
    size_t total = 0;
    if (n < 0)
        return NULL;
    for (i = 0; i < n; i++)
        total += strlen(argv[i]);
    for (i = 0; i < n; i++)
        free(argv[i]); // expect: family-mismatch
    return PyLong_FromSize_t(total);
}
static PyMethodDef methods[] = {{"exec", py_exec, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef mod = {
    PyModuleDef_HEAD_INIT, "argvec", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC
PyInit_argvec(void) {
    return PyModule_Create(&mod);
}
/* run: assert mod.exec("a", "bc") == 3 */
/* dies: invalid pointer|signal */
