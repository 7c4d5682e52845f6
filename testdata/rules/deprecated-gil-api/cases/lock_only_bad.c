/* PyEval_ReleaseLock gives the lock away and leaves the thread state current: it is gone in 3.13. */
#include <Python.h>
#include <time.h>

static PyObject *
nap_take(PyObject *Py_UNUSED(module), PyObject *args)
{
    struct timespec pause = {0, 0};
    long ms;

    if (!PyArg_ParseTuple(args, "l:take", &ms))
        return NULL;
    pause.tv_nsec = ms % 1000 * 1000000;
    PyEval_ReleaseLock(); // expect: deprecated-gil-api, api-not-in-version
    nanosleep(&pause, NULL);
    PyEval_AcquireLock(); // expect: deprecated-gil-api, api-not-in-version
    Py_RETURN_NONE;
}

static PyMethodDef nap_methods[] = {
    {"take", nap_take, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef nap_module = {
    PyModuleDef_HEAD_INIT, "nap", NULL, -1, nap_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_nap(void)
{
    return PyModule_Create(&nap_module);
}
/* run: mod.take(1) */
/* from facts: deprecated since 3.2, removed in 3.13 */
