/* A thread returns early from between PyGILState_Ensure and PyGILState_Release and takes the lock to its grave. */
#include <Python.h>
#include <pthread.h>

struct call {
    PyObject *function;
    int times;
};

static void *
caller_main(void *arg)
{
    struct call *c = arg;
    PyGILState_STATE state = PyGILState_Ensure();

    while (c->times-- > 0) {
        PyObject *r = PyObject_CallNoArgs(c->function);
        if (r == NULL) {
            PyErr_WriteUnraisable(c->function);
            return NULL; // expect: gil-unbalanced // because: 14
        }
        Py_DECREF(r);
    }
    PyGILState_Release(state);
    return NULL;
}

static PyObject *
caller_run(PyObject *Py_UNUSED(module), PyObject *args)
{
    struct call c;
    pthread_t thread;
    int status;

    if (!PyArg_ParseTuple(args, "Oi:run", &c.function, &c.times))
        return NULL;
    status = pthread_create(&thread, NULL, caller_main, &c);
    if (status != 0)
        return PyErr_Format(PyExc_RuntimeError, "pthread_create: %d", status);
    Py_BEGIN_ALLOW_THREADS
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}

static PyMethodDef caller_methods[] = {
    {"run", caller_run, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef caller_module = {
    PyModuleDef_HEAD_INIT, "caller", NULL, -1, caller_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_caller(void)
{
    return PyModule_Create(&caller_module);
}
/* run: mod.run(list, 3); mod.run(lambda: 1 / 0, 1) */
/* hangs: the thread is gone and nobody can get the lock any more */
