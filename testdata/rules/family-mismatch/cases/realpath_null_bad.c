/* realpath with a NULL buffer allocates by libc; with a buffer it does not. */
#include <Python.h>
#include <limits.h>
#include <stdlib.h>

static PyObject *
real_of(PyObject *Py_UNUSED(module), PyObject *args)
{
    char room[PATH_MAX];
    const char *path;
    int keep;
    char *found;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "sp:of", &path, &keep))
        return NULL;
    if (!keep) {
        if (realpath(path, room) == NULL)
            return PyErr_SetFromErrnoWithFilename(PyExc_OSError, path);
        return PyUnicode_DecodeFSDefault(room);
    }
    found = realpath(path, NULL);
    if (found == NULL)
        return PyErr_SetFromErrnoWithFilename(PyExc_OSError, path);
    result = PyUnicode_DecodeFSDefault(found);
    PyMem_Free(found); // expect: family-mismatch // because: 22
    return result;
}

static PyMethodDef real_methods[] = {
    {"of", real_of, METH_VARARGS, PyDoc_STR("of(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef real_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "real",
    .m_size = -1,
    .m_methods = real_methods,
};

PyMODINIT_FUNC
PyInit_real(void)
{
    return PyModule_Create(&real_module);
}
/* run: assert mod.of("/.", False) == "/"; assert mod.of("/.", True) == "/" */
/* dies: bad ID|signal */
