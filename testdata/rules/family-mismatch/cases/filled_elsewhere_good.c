/* A helper lets a function of another library fill the block it made, and returns it: it is of the same family still. */
#include <Python.h>
#include <stdlib.h>
#include <wchar.h>
#include <uchar.h>

static char *
char_bytes(unsigned long code, int *used)
{
    mbstate_t state = {0};
    char *room = malloc(16);
    size_t n;

    if (room == NULL)
        return NULL;
    n = c32rtomb(room, (char32_t)code, &state);
    if (n == (size_t)-1) {
        free(room);
        return NULL;
    }
    *used = (int)n;
    return room;
}

static PyObject *
wide_bytes(PyObject *Py_UNUSED(module), PyObject *given)
{
    unsigned long code = PyLong_AsUnsignedLong(given);
    PyObject *result;
    char *bytes;
    int used;

    if (code == (unsigned long)-1 && PyErr_Occurred())
        return NULL;
    bytes = char_bytes(code, &used);
    if (bytes == NULL)
        return PyErr_NoMemory();
    result = PyBytes_FromStringAndSize(bytes, used);
    free(bytes);
    return result;
}

static PyMethodDef wide_methods[] = {
    {"bytes", wide_bytes, METH_O, PyDoc_STR("bytes(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef wide_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "wide",
    .m_size = -1,
    .m_methods = wide_methods,
};

PyMODINIT_FUNC
PyInit_wide(void)
{
    return PyModule_Create(&wide_module);
}

/* run: assert mod.bytes(65) == b"A" */
