/* Two allocations, one test: the second result is used unseen. */
#include <Python.h>
#include <string.h>

static PyObject *
matchlen_longest(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *text;
    Py_ssize_t room;
    int *table;
    char *copy;
    int best = 0;
    size_t n;

    if (!PyArg_ParseTuple(args, "sn:longest", &text, &room))
        return NULL;
    n = strlen(text);
    if (room < (Py_ssize_t)n + 1)
        room = (Py_ssize_t)n + 1;
    table = PyMem_Calloc(n + 1, sizeof(*table));
    copy = PyMem_Malloc((size_t)room);
    if (table == NULL || copy == NULL) {
        PyMem_Free(copy);
        PyMem_Free(table);
        return PyErr_NoMemory();
    }
    memcpy(copy, text, n + 1);
    for (size_t i = 1, k = 0; i < n; i++) {
        while (k > 0 && copy[i] != copy[k])
            k = (size_t)table[k - 1];
        k += copy[i] == copy[k];
        table[i] = (int)k;
        if (table[i] > best)
            best = table[i];
    }
    PyMem_Free(copy);
    PyMem_Free(table);
    return PyLong_FromLong(best);
}

static PyMethodDef matchlen_methods[] = {
    {"longest", matchlen_longest, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef matchlen_module = {
    PyModuleDef_HEAD_INIT, "matchlen", NULL, -1, matchlen_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_matchlen(void)
{
    return PyModule_Create(&matchlen_module);
}
/* run: assert mod.longest("abcabc", 0) == 3 */
/* run: try: mod.longest("abc", 1 << 62) */
/* run: except MemoryError: pass */
