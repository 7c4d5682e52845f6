#include "bufs.h"

PyObject *
join_upper(PyObject *Py_UNUSED(module), PyObject *arg)
{
    struct buf b = {NULL, 0, 0};
    const char *text = PyUnicode_AsUTF8(arg);
    PyObject *result = NULL;

    if (text == NULL)
        return NULL;
    for (; *text; text++) {
        char c = (char)Py_TOUPPER(*text);
        if (buf_add(&b, &c, 1) < 0) {
            PyErr_NoMemory();
            goto out;
        }
    }
    result = PyUnicode_FromStringAndSize(b.data, (Py_ssize_t)b.used);
out:
    buf_drop(&b);
    return result;
}
