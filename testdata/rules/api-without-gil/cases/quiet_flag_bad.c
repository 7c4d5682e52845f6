/* A flag parameter decides whether the callee raises; inside the region it is called loud. */
#include <Python.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { QUIET = 1 };

/* Size of a file, -1 on failure: with an exception unless QUIET is given. */
static long long
file_size(const char *path, int flags)
{
    struct stat st;

    if (stat(path, &st) == 0)
        return st.st_size;
    if (!(flags & QUIET))
        PyErr_SetFromErrnoWithFilename(PyExc_OSError, path); // expect: api-without-gil // because: 43, 45
    return -1;
}

static PyObject *
sizes_of(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *path;
    long long size;

    if (!PyArg_ParseTuple(args, "s:of", &path))
        return NULL;
    size = file_size(path, 0);
    return size < 0 ? NULL : PyLong_FromLongLong(size);
}

static PyObject *
sizes_larger(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *a, *b;
    long long first, second;

    if (!PyArg_ParseTuple(args, "ss:larger", &a, &b))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    first = file_size(a, QUIET);
    second = file_size(b, 0);
    Py_END_ALLOW_THREADS
    if (first < 0 || second < 0)
        return PyErr_Occurred() ? NULL : Py_NewRef(Py_None);
    return PyUnicode_FromString(first >= second ? a : b);
}

static PyMethodDef sizes_methods[] = {
    {"of", sizes_of, METH_VARARGS, NULL},
    {"larger", sizes_larger, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef sizes_module = {
    PyModuleDef_HEAD_INIT, "sizes", NULL, -1, sizes_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_sizes(void)
{
    return PyModule_Create(&sizes_module);
}
/* run: assert mod.larger("/nonexistent", "/etc/passwd") is None */
/* run: try: mod.larger("/etc/passwd", "/nonexistent") */
/* run: except OSError: pass */
/* dies: signal 11 */
