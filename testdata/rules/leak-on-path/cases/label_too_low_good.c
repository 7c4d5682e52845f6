/* goto jumps to a label below the one that would release the block. */
#include <Python.h>
#include <stdio.h>
#include <stdlib.h>

static PyObject *
head_bytes(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *path;
    Py_ssize_t want;
    PyObject *result = NULL;
    size_t got;
    char *room;
    FILE *f;

    if (!PyArg_ParseTuple(args, "sn:bytes", &path, &want))
        return NULL;
    if (want < 1)
        return PyErr_Format(PyExc_ValueError, "%zd bytes", want);
    f = fopen(path, "rb");
    if (f == NULL)
        return PyErr_SetFromErrnoWithFilename(PyExc_OSError, path);
    room = malloc((size_t)want);
    if (room == NULL) {
        PyErr_NoMemory();
        goto close_file;
    }
    got = fread(room, 1, (size_t)want, f);
    if (ferror(f)) {
        PyErr_SetFromErrnoWithFilename(PyExc_OSError, path);
        goto free_room;
    }
    result = PyBytes_FromStringAndSize(room, (Py_ssize_t)got);
free_room:
    free(room);
close_file:
    fclose(f);
    return result;
}

static PyMethodDef headbytes_methods[] = {
    {"bytes", head_bytes, METH_VARARGS, PyDoc_STR("bytes(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef headbytes_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "headbytes",
    .m_size = -1,
    .m_methods = headbytes_methods,
};

PyMODINIT_FUNC
PyInit_headbytes(void)
{
    return PyModule_Create(&headbytes_module);
}
/* run: assert mod.bytes("/etc/passwd", 4) == b"root" */
/* run: try: mod.bytes("/", 100) */
/* run: except OSError: pass */
