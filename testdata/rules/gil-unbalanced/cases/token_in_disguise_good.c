/* The plugin gets a handle as a pointer, one more than it is, and gives it back on every way out. */
#include <Python.h>

/* What a plugin gets of its host, which knows of no Python. */
struct host {
    void *(*enter)(void);
    void (*leave)(void *token);
    int (*report)(const char *text);
};

static PyObject *reporter;

/* One more than the handle, so that it is not null. */
static void *
host_enter(void)
{
    return (void *)(size_t)(PyGILState_Ensure() + 1);
}

static void
host_leave(void *token)
{
    PyGILState_Release((PyGILState_STATE)((size_t)token - 1));
}

static int
host_report(const char *text)
{
    PyObject *answer = PyObject_CallFunction(reporter, "s", text);
    int more = answer != NULL && PyObject_IsTrue(answer);

    if (answer == NULL)
        PyErr_WriteUnraisable(reporter);
    Py_XDECREF(answer);
    return more;
}

static const struct host own_host = {host_enter, host_leave, host_report};

static int
plugin_scan(const struct host *host, const char *text)
{
    int found = 0;

    for (; *text != 0; text++) {
        void *token;
        if (*text != '!')
            continue;
        token = host->enter();
        if (!host->report(text)) {
            host->leave(token);
            return found;
        }
        host->leave(token);
        found++;
    }
    return found;
}

static PyObject *
plugins_scan(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *text;
    int found;

    if (!PyArg_ParseTuple(args, "sO:scan", &text, &reporter))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    found = plugin_scan(&own_host, text);
    Py_END_ALLOW_THREADS
    return PyLong_FromLong(found);
}

static PyMethodDef plugins_methods[] = {
    {"scan", plugins_scan, METH_VARARGS, PyDoc_STR("scan(text, reporter)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef plugins_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "plugins",
    .m_size = -1,
    .m_methods = plugins_methods,
};

PyMODINIT_FUNC
PyInit_plugins(void)
{
    return PyModule_Create(&plugins_module);
}
/* run: assert mod.scan("a!b!", len) == 2 */
/* run: assert mod.scan("!", lambda text: None) == 0 */
