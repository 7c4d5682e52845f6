/* A thread counts how deep it is in the API; one way out forgets to count back. */
#include <Python.h>
#include <glob.h>

static __thread PyGILState_STATE handle;
static __thread int depth;
static PyObject *hook;

static void
api_enter(void)
{
    if (depth++ == 0)
        handle = PyGILState_Ensure();
}

static void
api_leave(void)
{
    if (--depth == 0)
        PyGILState_Release(handle);
}

static PyObject *
told(const char *path, int reason)
{
    PyObject *answer;

    api_enter();
    answer = PyObject_CallFunction(hook, "si", path, reason);
    api_leave();
    return answer;
}

static int
tree_failed(const char *path, int reason)
{
    PyObject *answer;

    api_enter();
    answer = told(path, reason);
    if (answer == NULL) {
        api_leave();
        return -1;
    }
    Py_XDECREF(answer);
    api_leave();
    return 0;
}

static PyObject *
trees_list(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *pattern;
    glob_t found = {0};
    int status;

    if (!PyArg_ParseTuple(args, "sO", &pattern, &hook))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    status = glob(pattern, 0, tree_failed, &found);
    Py_END_ALLOW_THREADS
    globfree(&found);
    if (PyErr_Occurred())
        return NULL;
    return PyLong_FromLong(status);
}

static PyMethodDef trees_methods[] = {
    {"list", trees_list, METH_VARARGS, PyDoc_STR("list(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef trees_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "trees",
    .m_size = -1,
    .m_methods = trees_methods,
};
PyMODINIT_FUNC
PyInit_trees(void)
{
    return PyModule_Create(&trees_module);
}
/* run: import os, tempfile; d = tempfile.mkdtemp(); os.symlink("a", d + "/a") */
/* run: with __import__("contextlib").suppress(TypeError): mod.list(d + "/a/?", len) */
