/* The block comes out of a wrapper of a wrapper in another file; the caller releases it by libc. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>
#include "xmem.h"

static PyObject *
path_normal(PyObject *Py_UNUSED(module), PyObject *arg)
{
    Py_ssize_t n;
    const char *text = PyUnicode_AsUTF8AndSize(arg, &n);
    PyObject *result;
    char *copy, *to;

    if (text == NULL)
        return NULL;
    copy = xmem_copy(text, (size_t)n);
    if (copy == NULL)
        return PyErr_NoMemory();
    to = copy;
    for (const char *from = copy; *from; from++) {
        if (from[0] == '/' && from[1] == '/')
            continue;
        *to++ = *from;
    }
    result = PyUnicode_FromStringAndSize(copy, to - copy);
    free(copy); // expect: family-mismatch // because: 17
    return result;
}

static PyMethodDef pathmod_methods[] = {
    {"normal", path_normal, METH_O, PyDoc_STR("normal(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef pathmod_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "pathmod",
    .m_size = -1,
    .m_methods = pathmod_methods,
};

PyMODINIT_FUNC
PyInit_pathmod(void)
{
    return PyModule_Create(&pathmod_module);
}
/* run: assert mod.normal("a//b/c") == "a/b/c" */
/* dies: invalid pointer|signal */
