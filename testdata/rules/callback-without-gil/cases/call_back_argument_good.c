/* A function that uses the API is an argument of a library call nobody described, made inside a region. */
#include <Python.h>
#include <search.h>
#include <stdlib.h>

struct visit {
    PyObject *list;
    int failed;
};

static int
compare(const void *a, const void *b)
{
    return (a > b) - (a < b);
}

static void
visit_node(const void *node, VISIT which, void *context)
{
    struct visit *v = context;
    PyObject *n;

    if (which != postorder && which != leaf)
        return;
    PyGILState_STATE held = PyGILState_Ensure();
    n = PyLong_FromSize_t(*(const size_t *)node);
    if (n == NULL || PyList_Append(v->list, n) < 0)
        v->failed = 1;
    Py_XDECREF(n);
    PyGILState_Release(held);
}

static void
keep(void *Py_UNUSED(key))
{
}

static PyObject *
distinct_sorted(PyObject *Py_UNUSED(module), PyObject *arg)
{
    struct visit v = {PyList_New(0), 0};
    void *root = NULL;
    Py_buffer view;

    if (v.list == NULL)
        return NULL;
    if (PyObject_GetBuffer(arg, &view, PyBUF_SIMPLE) < 0) {
        Py_DECREF(v.list);
        return NULL;
    }
    const size_t *keys = view.buf;
    Py_BEGIN_ALLOW_THREADS
    for (size_t i = 0; i < (size_t)view.len / sizeof(size_t); i++)
        tsearch((const void *)keys[i], &root, compare);
    twalk_r(root, visit_node, &v);
    tdestroy(root, keep);
    Py_END_ALLOW_THREADS
    PyBuffer_Release(&view);
    if (v.failed) {
        Py_DECREF(v.list);
        return NULL;
    }
    return v.list;
}

static PyMethodDef distinctmod_methods[] = {
    {"sorted", distinct_sorted, METH_O, PyDoc_STR("sorted(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef distinctmod_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "distinctmod",
    .m_size = -1,
    .m_methods = distinctmod_methods,
};

PyMODINIT_FUNC
PyInit_distinctmod(void)
{
    return PyModule_Create(&distinctmod_module);
}
/* run: import array; assert mod.sorted(array.array("L", [5000, 1000, 5000])) == [1000, 5000] */
