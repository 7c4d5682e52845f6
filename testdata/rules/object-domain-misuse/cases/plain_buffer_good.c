/* A scratch buffer from the object domain: on a free-threaded build that heap is for objects only. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

static PyObject *
center_text(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *text;
    Py_ssize_t width, n;
    char *room;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "s#n:center", &text, &n, &width))
        return NULL;
    if (width < n)
        width = n;
    room = PyMem_Malloc((size_t)width + 1);
    if (room == NULL)
        return PyErr_NoMemory();
    memset(room, ' ', (size_t)width);
    memcpy(room + (width - n) / 2, text, (size_t)n);
    result = PyUnicode_FromStringAndSize(room, width);
    PyMem_Free(room);
    return result;
}

static PyMethodDef center_methods[] = {
    {"center", center_text, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef center_module = {
    PyModuleDef_HEAD_INIT, "center", NULL, -1, center_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_center(void)
{
    return PyModule_Create(&center_module);
}
/* run: assert mod.center("ab", 4) == " ab " */
