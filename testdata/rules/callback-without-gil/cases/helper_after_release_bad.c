/* The callback takes the lock, but calls a helper that raises after it has given the lock back. */
#include <Python.h>
#include <search.h>

struct visit {
    PyObject *seen; /* list */
    int failed;
};

static int
compare(const void *a, const void *b)
{
    return (a > b) - (a < b);
}

static void
complain(struct visit *v)
{
    v->failed = 1;
    PyErr_WriteUnraisable(v->seen);
}

static void
visit_node(const void *node, VISIT which, void *context)
{
    struct visit *v = context;
    PyGILState_STATE gil;
    PyObject *n;
    int failed;

    if (which != postorder && which != leaf)
        return;
    gil = PyGILState_Ensure();
    n = PyLong_FromSize_t(*(const size_t *)node);
    failed = n == NULL || PyList_Append(v->seen, n) < 0;
    Py_XDECREF(n);
    PyGILState_Release(gil);
    if (failed)
        complain(v);
}

static void
keep(void *Py_UNUSED(key))
{
}

static PyObject *
roots_sorted(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *seen;
    void *root = NULL;
    Py_buffer view;

    if (!PyArg_ParseTuple(args, "y*O", &view, &seen))
        return NULL;
    struct visit v = {seen, 0};
    const size_t *keys = view.buf;
    Py_BEGIN_ALLOW_THREADS
    for (size_t i = 0; i < (size_t)view.len / sizeof(size_t); i++)
        tsearch((const void *)keys[i], &root, compare);
    twalk_r(root, visit_node, &v); // expect: callback-without-gil
    tdestroy(root, keep);
    Py_END_ALLOW_THREADS
    PyBuffer_Release(&view);
    return PyBool_FromLong(v.failed);
}

static PyMethodDef roots_methods[] = {
    {"sorted", roots_sorted, METH_VARARGS, PyDoc_STR("sorted(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef roots_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "roots",
    .m_size = -1,
    .m_methods = roots_methods,
};

PyMODINIT_FUNC
PyInit_roots(void)
{
    return PyModule_Create(&roots_module);
}
/* run: import array; assert mod.sorted(array.array("L", [5000, 1000]), ()) is True */
/* dies: without holding the GIL|signal 11|thread state */
