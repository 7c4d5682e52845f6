/* A host starts the interpreter itself, so that nobody has the lock before; what it opens then it has to close. */
#include <Python.h>
#include <unistd.h>

static PyStatus
host_init(int argc, char **argv)
{
    PyConfig config;
    PyStatus status;

    PyConfig_InitPythonConfig(&config);
    status = PyConfig_SetBytesArgv(&config, argc, argv);
    if (!PyStatus_Exception(status))
        status = Py_InitializeFromConfig(&config);
    PyConfig_Clear(&config);
    return status;
}

int
host_run(int argc, char **argv)
{
    PyThreadState *save;
    PyStatus status = host_init(argc, argv);

    if (PyStatus_Exception(status))
        return 1;
    save = PyEval_SaveThread();
    if (pause() < 0 && argc > 1)
        argc = 1;
    PyEval_RestoreThread(save);
    return Py_RunMain();
}

static PyMethodDef host_methods[] = {
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef host_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "host",
    .m_size = -1,
    .m_methods = host_methods,
};

PyMODINIT_FUNC
PyInit_host(void)
{
    return PyModule_Create(&host_module);
}
/* run: assert mod.__name__ */
