/* A struct of stream functions goes to fopencookie; the stream is read inside a region. */
#include <Python.h>
#include <stdio.h>
#include <string.h>

struct source {
    PyObject *file; /* has a method read(n) */
};

static ssize_t
source_read(void *cookie, char *buffer, size_t size)
{
    struct source *s = cookie;
    PyObject *bytes;
    ssize_t n = -1;
    PyGILState_STATE held = PyGILState_Ensure();

    bytes = PyObject_CallMethod(s->file, "read", "n", (Py_ssize_t)size);
    if (bytes != NULL && PyBytes_Check(bytes) && (size_t)PyBytes_GET_SIZE(bytes) <= size) {
        n = PyBytes_GET_SIZE(bytes);
        memcpy(buffer, PyBytes_AS_STRING(bytes), (size_t)n);
    }
    Py_XDECREF(bytes);
    PyGILState_Release(held);
    return n;
}

static PyObject *
count_lines(PyObject *Py_UNUSED(module), PyObject *arg)
{
    cookie_io_functions_t io = {.read = source_read};
    struct source s = {arg};
    long lines = 0;
    FILE *f;
    int c;

    f = fopencookie(&s, "r", io);
    if (f == NULL)
        return PyErr_SetFromErrno(PyExc_OSError);
    Py_BEGIN_ALLOW_THREADS
    while ((c = fgetc(f)) != EOF)
        lines += c == '\n';
    fclose(f);
    Py_END_ALLOW_THREADS
    return PyErr_Occurred() ? NULL : PyLong_FromLong(lines);
}

static PyMethodDef linecount_methods[] = {
    {"lines", count_lines, METH_O, PyDoc_STR("lines(...)")},
    {NULL, NULL, 0, NULL},
};

static int
linecount_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot linecount_slots[] = {
    {Py_mod_exec, linecount_exec},
    {0, NULL},
};

static struct PyModuleDef linecount_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "linecount",
    .m_methods = linecount_methods,
    .m_slots = linecount_slots,
};

PyMODINIT_FUNC
PyInit_linecount(void)
{
    return PyModuleDef_Init(&linecount_module);
}
/* run: import io; assert mod.lines(io.BytesIO(b"a\nb\n")) == 2 */
