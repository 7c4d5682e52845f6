/* Inside a region the helper takes the lock itself, but allocates only under it. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

struct walker {
    PyObject *report; /* called for every line */
    int failed;
};

/* Called with the lock released: takes it for the time of the report. */
static void
walker_line(struct walker *w, const char *line, size_t n)
{
    PyGILState_STATE held = PyGILState_Ensure();
    char *upper = PyMem_Malloc(n + 1);
    PyObject *r = NULL;

    if (upper == NULL) {
        PyErr_NoMemory();
    }
    else {
        for (size_t i = 0; i < n; i++)
            upper[i] = (char)Py_TOUPPER(line[i]);
        r = PyObject_CallFunction(w->report, "y#", upper, (Py_ssize_t)n);
        PyMem_Free(upper);
    }
    if (r == NULL)
        w->failed = 1;
    Py_XDECREF(r);
    PyGILState_Release(held);
}

static PyObject *
lines_each(PyObject *Py_UNUSED(module), PyObject *args)
{
    struct walker w = {NULL, 0};
    Py_buffer text;

    if (!PyArg_ParseTuple(args, "y*O:each", &text, &w.report))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    const char *p = text.buf, *end = p + text.len;
    while (p < end && !w.failed) {
        const char *nl = memchr(p, '\n', (size_t)(end - p));
        size_t n = (size_t)((nl != NULL ? nl : end) - p);
        walker_line(&w, p, n);
        p += n + 1;
    }
    Py_END_ALLOW_THREADS
    PyBuffer_Release(&text);
    if (w.failed)
        return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef eachline_methods[] = {
    {"each", lines_each, METH_VARARGS, PyDoc_STR("each(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef eachline_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "eachline",
    .m_size = -1,
    .m_methods = eachline_methods,
};

PyMODINIT_FUNC
PyInit_eachline(void)
{
    return PyModule_Create(&eachline_module);
}
/* run: got = []; mod.each(b"a\nb", got.append); assert got == [b"A", b"B"] */
