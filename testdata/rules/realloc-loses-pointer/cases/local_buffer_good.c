/* The only pointer to the block is overwritten by the result of realloc, which may be NULL. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

static PyObject *
filler_fill(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *text;
    Py_ssize_t width;
    size_t n;
    char *room;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "sn:fill", &text, &width))
        return NULL;
    n = strlen(text);
    room = malloc(n + 1);
    if (room == NULL)
        return PyErr_NoMemory();
    memcpy(room, text, n + 1);
    if (width > (Py_ssize_t)n) {
        char *wider = realloc(room, (size_t)width + 1);
        if (wider == NULL) {
            free(room);
            return PyErr_NoMemory();
        }
        room = wider;
        memset(room + n, '.', (size_t)width - n);
        n = (size_t)width;
    }
    result = PyUnicode_FromStringAndSize(room, (Py_ssize_t)n);
    free(room);
    return result;
}

static PyMethodDef filler_methods[] = {
    {"fill", filler_fill, METH_VARARGS, PyDoc_STR("fill(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef filler_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "filler",
    .m_size = -1,
    .m_methods = filler_methods,
};

PyMODINIT_FUNC
PyInit_filler(void)
{
    return PyModule_Create(&filler_module);
}
/* run: assert mod.fill("ab", 4) == "ab.." */
/* run: try: mod.fill("a" * 50, 1 << 62) */
/* run: except MemoryError: pass */
