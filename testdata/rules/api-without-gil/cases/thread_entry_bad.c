/* A worker thread calls a Python callable without attaching itself first. */
#include <Python.h>
#include <pthread.h>
#include <unistd.h>

struct ticker {
    PyObject *callback;
    pthread_t thread;
    useconds_t pause;
    int left;
};

static void *
ticker_main(void *arg)
{
    struct ticker *t = arg;

    while (t->left-- > 0) {
        usleep(t->pause);
        PyObject *r = PyObject_CallNoArgs(t->callback); // expect: api-without-gil // because: 36
        if (r == NULL)
            PyErr_WriteUnraisable(t->callback); // expect: api-without-gil // because: 36
        Py_XDECREF(r); // expect: api-without-gil // because: 36
    }
    return NULL;
}

static PyObject *
ticker_run(PyObject *Py_UNUSED(module), PyObject *args)
{
    struct ticker t = {.pause = 1000};
    int status;

    if (!PyArg_ParseTuple(args, "Oi:run", &t.callback, &t.left))
        return NULL;
    status = pthread_create(&t.thread, NULL, ticker_main, &t);
    if (status != 0) {
        PyErr_Format(PyExc_RuntimeError, "pthread_create: %d", status);
        return NULL;
    }
    Py_BEGIN_ALLOW_THREADS
    pthread_join(t.thread, NULL);
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}

static PyMethodDef ticker_methods[] = {
    {"run", ticker_run, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef ticker_module = {
    PyModuleDef_HEAD_INIT, "ticker", NULL, -1, ticker_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_ticker(void)
{
    return PyModule_Create(&ticker_module);
}
/* run: got = []; mod.run(lambda: got.append(1), 3); assert got == [1, 1, 1] */
/* dies: signal 11|without holding the GIL */
