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
    Py_BEGIN_ALLOW_THREADS
    nanosleep(&pause, NULL);
    Py_END_ALLOW_THREADS
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
