/* The grown block is used at once; the old handle is kept and tested in its place. */
#include <Python.h>
#include <string.h>

static PyObject *
echo_twice(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *text;
    Py_ssize_t spare;
    char *room, *both;
    size_t n;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "sn:twice", &text, &spare))
        return NULL;
    n = strlen(text);
    room = PyMem_Malloc(n + 1);
    if (room == NULL)
        return PyErr_NoMemory();
    memcpy(room, text, n);
    both = PyMem_Realloc(room, 2 * n + (size_t)spare);
    if (both == NULL) {
        PyMem_Free(room);
        return PyErr_NoMemory();
    }
    memcpy(both + n, both, n);
    result = PyUnicode_FromStringAndSize(both, (Py_ssize_t)(2 * n));
    PyMem_Free(both);
    return result;
}

static PyMethodDef echo_methods[] = {
    {"twice", echo_twice, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef echo_module = {
    PyModuleDef_HEAD_INIT, "echo", NULL, -1, echo_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_echo(void)
{
    return PyModule_Create(&echo_module);
}
/* run: assert mod.twice("ab", 1) == "abab" */
/* run: try: mod.twice("ab", 1 << 62) */
/* run: except MemoryError: pass */
