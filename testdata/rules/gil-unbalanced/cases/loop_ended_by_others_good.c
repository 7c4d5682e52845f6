/* A thread's loop runs until another thread says stop; a turn that finds nothing keeps its handle. */
#include <Python.h>
#include <pthread.h>

static PyObject *source;
static volatile int stop;
static pthread_t runner;

static void *
consumer(void *arg)
{
    volatile int *over = arg;

    while (!*over) {
        PyGILState_STATE st = PyGILState_Ensure();
        PyObject *item = PyObject_CallNoArgs(source);

        if (item == NULL) {
            PyErr_Clear();
            PyGILState_Release(st);
            continue;
        }
        Py_DECREF(item);
        PyGILState_Release(st);
    }
    return NULL;
}

static PyObject *
consume(PyObject *self, PyObject *callable)
{
    source = Py_NewRef(callable);
    if (pthread_create(&runner, NULL, consumer, (void *)&stop) != 0)
        return PyErr_Format(PyExc_RuntimeError, "no thread");
    Py_RETURN_NONE;
}

static PyObject *
finish(PyObject *self, PyObject *unused)
{
    stop = 1;
    Py_BEGIN_ALLOW_THREADS
    pthread_join(runner, NULL);
    Py_END_ALLOW_THREADS
    Py_CLEAR(source);
    Py_RETURN_NONE;
}

static PyMethodDef consumer_methods[] = {
    {"consume", consume, METH_O, NULL},
    {"finish", finish, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef consumer_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "consumer",
    .m_size = -1,
    .m_methods = consumer_methods,
};

PyMODINIT_FUNC
PyInit_consumer(void)
{
    return PyModule_Create(&consumer_module);
}

/* run: import time */
/* run: mod.consume(iter([1]).__next__); time.sleep(0.2); mod.finish() */
