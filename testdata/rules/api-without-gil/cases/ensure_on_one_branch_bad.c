/* The handler attaches for one kind of event, and uses the API for both. */
#include <Python.h>
#include <pthread.h>

struct watch {
    PyObject *callback;
    int kind;
    long hits;
};

static void *
watch_main(void *arg)
{
    struct watch *w = arg;

    if (w->kind == 1) {
        PyGILState_STATE s = PyGILState_Ensure();
        w->hits++;
        PyGILState_Release(s);
    }
    PyObject *r = PyObject_CallFunction(w->callback, "i", w->kind); // expect: api-without-gil // because: 35
    Py_XDECREF(r); // expect: api-without-gil // because: 35
    return NULL;
}

static PyObject *
watch_fire(PyObject *Py_UNUSED(module), PyObject *args)
{
    struct watch w = {NULL, 0, 0};
    pthread_t thread;
    int status;

    if (!PyArg_ParseTuple(args, "Oi:fire", &w.callback, &w.kind))
        return NULL;
    status = pthread_create(&thread, NULL, watch_main, &w);
    if (status != 0)
        return PyErr_Format(PyExc_RuntimeError, "pthread_create: %d", status);
    Py_BEGIN_ALLOW_THREADS
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    return PyLong_FromLong(w.hits);
}

static PyMethodDef watch_methods[] = {
    {"fire", watch_fire, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef watch_module = {
    PyModuleDef_HEAD_INIT, "watch", NULL, -1, watch_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_watch(void)
{
    return PyModule_Create(&watch_module);
}
/* run: got = []; mod.fire(got.append, 1); assert got == [1] */
/* dies: signal 11|without holding the GIL */
