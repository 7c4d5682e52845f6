/* A library's callback takes up the saved state; where Python fails, it keeps the lock instead of saving again. */
#include <Python.h>
#include <glob.h>

static PyThreadState *away;
static PyObject *hook;

static int
folder_failed(const char *path, int reason)
{
    PyObject *answer;
    int stop = 1;

    PyEval_RestoreThread(away);
    answer = PyObject_CallFunction(hook, "si", path, reason);
    if (answer != NULL)
        stop = answer == Py_False;
    Py_XDECREF(answer);
    away = PyEval_SaveThread();
    return stop;
}

static PyObject *
folders_list(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *pattern;
    glob_t found = {0};
    int status;

    if (!PyArg_ParseTuple(args, "sO", &pattern, &hook))
        return NULL;
    away = PyEval_SaveThread();
    status = glob(pattern, 0, folder_failed, &found);
    PyEval_RestoreThread(away);
    globfree(&found);
    if (PyErr_Occurred())
        return NULL;
    return PyLong_FromLong(status);
}

static PyMethodDef folders_methods[] = {
    {"list", folders_list, METH_VARARGS, PyDoc_STR("list(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef folders_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "folders",
    .m_size = -1,
    .m_methods = folders_methods,
};

PyMODINIT_FUNC
PyInit_folders(void)
{
    return PyModule_Create(&folders_module);
}
/* run: import os, tempfile; d = tempfile.mkdtemp(); os.symlink("a", d + "/a") */
/* run: with __import__("contextlib").suppress(TypeError): mod.list(d + "/a/?", len) */
