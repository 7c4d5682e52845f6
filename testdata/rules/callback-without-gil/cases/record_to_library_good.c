/* A record of functions goes by value to a library that no model knows, inside a region: one of them raises. */
#include <Python.h>

struct page_source {
    int (*fetch)(void *owner, long page);
    void (*failed)(void *owner, long page);
    void *owner;
};

extern long pages_walk(struct page_source source, long from) __attribute__((weak));

static int
page_fetch(void *owner, long page)
{
    return owner == NULL && page > 0;
}

static void
page_failed(void *owner, long page)
{
    PyGILState_STATE state = PyGILState_Ensure();

    (void)owner;
    PyErr_Format(PyExc_OSError, "page %ld", page);
    PyGILState_Release(state);
}

static PyObject *
pages_count(PyObject *module, PyObject *arg)
{
    struct page_source source = {page_fetch, page_failed, module};
    long from = PyLong_AsLong(arg), n;

    if (from == -1 && PyErr_Occurred())
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    n = pages_walk(source, from);
    Py_END_ALLOW_THREADS
    if (PyErr_Occurred())
        return NULL;
    return PyLong_FromLong(n);
}

static PyMethodDef pages_methods[] = {
    {"count", pages_count, METH_O, PyDoc_STR("count(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef pages_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "pages",
    .m_size = -1,
    .m_methods = pages_methods,
};

PyMODINIT_FUNC
PyInit_pages(void)
{
    return PyModule_Create(&pages_module);
}
/* run: with __import__("contextlib").suppress(TypeError): mod.count("x") */
