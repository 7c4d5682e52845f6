/* The block comes from the first try or the second; where both fail there is none. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

/* A page first, which may not be had; then a line of the cache. Zero, or what the last try says. */
static int
line_get(size_t n, char **line)
{
    int status = posix_memalign((void **)line, 4096, n);

    if (status != 0)
        status = posix_memalign((void **)line, 64, n);
    return status;
}

static PyObject *
ruler_line(PyObject *Py_UNUSED(module), PyObject *args)
{
    Py_ssize_t n;
    char *line;
    PyObject *text;

    if (!PyArg_ParseTuple(args, "n:line", &n))
        return NULL;
    if (line_get((size_t)n, &line) != 0)
        return PyErr_NoMemory();
    if (n > 80) {
        free(line);
        return PyErr_Format(PyExc_ValueError, "no line of %zd", n);
    }
    memset(line, '=', (size_t)n);
    text = PyUnicode_FromStringAndSize(line, n);
    free(line);
    return text;
}

static PyMethodDef ruler_methods[] = {
    {"line", ruler_line, METH_VARARGS, PyDoc_STR("line(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef ruler_module = {
    PyModuleDef_HEAD_INIT, "ruler", NULL, -1, ruler_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_ruler(void)
{
    return PyModule_Create(&ruler_module);
}
/* run: assert mod.line(3) == "===" */
/* run: try: mod.line(81) */
/* run: except ValueError: pass */
