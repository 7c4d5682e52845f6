/* A plugin interface has its own table of functions to give up and take the lock. */
#include <Python.h>
#include <time.h>

struct host {
    void *(*unlock)(void);
    void (*lock)(void *token);
    void (*log)(const char *line);
};

static void *
host_unlock(void)
{
    return PyEval_SaveThread();
}

static void
host_lock(void *token)
{
    PyEval_RestoreThread(token);
}

static void
host_log(const char *line)
{
    PySys_WriteStdout("%s\n", line); // the plugin locks first
}

static const struct host host = {host_unlock, host_lock, host_log};

static int
plugin_work(const struct host *h, int rounds)
{
    struct timespec pause = {0, 100000};
    void *token = h->unlock();

    while (rounds-- > 0)
        nanosleep(&pause, NULL);
    h->lock(token);
    h->log("done");
    return 0;
}

static PyObject *
plugin_run(PyObject *Py_UNUSED(module), PyObject *args)
{
    int rounds;

    if (!PyArg_ParseTuple(args, "i:run", &rounds))
        return NULL;
    return PyLong_FromLong(plugin_work(&host, rounds));
}

static PyMethodDef plugin_methods[] = {
    {"run", plugin_run, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef plugin_module = {
    PyModuleDef_HEAD_INIT, "plugin", NULL, -1, plugin_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_plugin(void)
{
    return PyModule_Create(&plugin_module);
}
/* run: mod.run(2) */
