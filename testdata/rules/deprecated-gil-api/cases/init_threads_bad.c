/* PyEval_InitThreads does nothing since 3.9; the lock exists from the start. */
#include <Python.h>
#include <pthread.h>

static PyObject *
spawnq_ready(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none))
{
    if (!PyEval_ThreadsInitialized()) // expect: deprecated-gil-api, api-not-in-version
        PyEval_InitThreads(); // expect: deprecated-gil-api
    return PyBool_FromLong(pthread_self() != 0);
}

static PyMethodDef spawnq_methods[] = {
    {"ready", spawnq_ready, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef spawnq_module = {
    PyModuleDef_HEAD_INIT, "spawnq", NULL, -1, spawnq_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_spawnq(void)
{
    return PyModule_Create(&spawnq_module);
}
/* run: assert mod.ready() */
/* from facts: no-ops in 3.11, gone from the headers of 3.13 */
