/* The release hangs on a field of the object; the warning hangs on the opposite value of it. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

struct backend {
    int threadsafe;
    int (*query)(const char *key, size_t n);
};

static int
count_spaces(const char *key, size_t n)
{
    int spaces = 0;

    for (size_t i = 0; i < n; i++)
        spaces += key[i] == ' ';
    return spaces;
}

static struct backend backends[2] = {
    {1, count_spaces},
    {0, count_spaces},
};

static PyObject *
backend_query(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyThreadState *ts = NULL;
    struct backend *b;
    const char *key;
    Py_ssize_t n;
    int which, hits;

    if (!PyArg_ParseTuple(args, "ps#:query", &which, &key, &n))
        return NULL;
    b = &backends[which];
    if (b->threadsafe)
        ts = PyEval_SaveThread();
    hits = b->query(key, (size_t)n);
    if (!b->threadsafe && hits == 0)
        PySys_WriteStderr("query: nothing found\n");
    if (b->threadsafe)
        PyEval_RestoreThread(ts);
    return PyLong_FromLong(hits);
}

static PyMethodDef backend_methods[] = {
    {"query", backend_query, METH_VARARGS, PyDoc_STR("query(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef backend_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "backend",
    .m_size = -1,
    .m_methods = backend_methods,
};

PyMODINIT_FUNC
PyInit_backend(void)
{
    return PyModule_Create(&backend_module);
}
/* run: mod.query(True, "abc"); mod.query(False, "abc") */
