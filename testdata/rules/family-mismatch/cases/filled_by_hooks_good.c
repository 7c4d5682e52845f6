/* Blocks come from and go to two pointers that are set together; the helper lets another library fill what it got. */
#include <Python.h>
#include <stdlib.h>
#include <wchar.h>
#include <uchar.h>

static void *(*hook_get)(size_t) = malloc;
static void (*hook_put)(void *) = free;

static char *
sign_of(unsigned long code, int *used)
{
    mbstate_t state = {0};
    char *room = hook_get(16);
    size_t n;

    if (room == NULL)
        return NULL;
    n = c32rtomb(room, (char32_t)code, &state);
    if (n == (size_t)-1) {
        hook_put(room);
        return NULL;
    }
    *used = (int)n;
    return room;
}

static PyObject *
sign_bytes(PyObject *Py_UNUSED(module), PyObject *given)
{
    unsigned long code = PyLong_AsUnsignedLong(given);
    PyObject *result;
    char *bytes;
    int used;

    if (code == (unsigned long)-1 && PyErr_Occurred())
        return NULL;
    bytes = sign_of(code, &used);
    if (bytes == NULL)
        return PyErr_NoMemory();
    result = PyBytes_FromStringAndSize(bytes, used);
    hook_put(bytes);
    return result;
}

static PyObject *
sign_trace(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(arg))
{
    hook_get = PyMem_Malloc;
    hook_put = PyMem_Free;
    Py_RETURN_NONE;
}

static PyMethodDef sign_methods[] = {
    {"bytes", sign_bytes, METH_O, PyDoc_STR("bytes(...)")},
    {"trace", sign_trace, METH_NOARGS, PyDoc_STR("trace(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef sign_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "sign",
    .m_size = -1,
    .m_methods = sign_methods,
};

PyMODINIT_FUNC
PyInit_sign(void)
{
    return PyModule_Create(&sign_module);
}

/* run: mod.trace() */
/* run: assert mod.bytes(65) == b"A" */
