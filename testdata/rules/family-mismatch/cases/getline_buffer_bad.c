/* getline grows its buffer by libc realloc, whoever the caller thinks owns it. */
#include <Python.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static PyObject *
longest_line(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *path;
    char *line = NULL;
    size_t room = 0;
    ssize_t n, longest = -1;
    FILE *f;

    if (!PyArg_ParseTuple(args, "s:line", &path))
        return NULL;
    f = fopen(path, "r");
    if (f == NULL)
        return PyErr_SetFromErrnoWithFilename(PyExc_OSError, path);
    while ((n = getline(&line, &room, f)) >= 0) {
        if (n > longest)
            longest = n;
    }
    fclose(f);
    PyMem_Free(line); // expect: family-mismatch // because: 21
    return PyLong_FromSsize_t(longest);
}

static PyMethodDef longest_methods[] = {
    {"line", longest_line, METH_VARARGS, PyDoc_STR("line(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef longest_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "longest",
    .m_size = -1,
    .m_methods = longest_methods,
};

PyMODINIT_FUNC
PyInit_longest(void)
{
    return PyModule_Create(&longest_module);
}
/* run: assert mod.line("/etc/passwd") > 3 */
/* dies: bad ID|signal */
