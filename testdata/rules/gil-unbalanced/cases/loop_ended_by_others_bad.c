/* A thread's loop runs until another thread says stop; a turn that finds nothing keeps its handle. */
#include <Python.h>
#include <pthread.h>

static PyObject *source;
static int stop;

static void *
consumer(void *arg)
{
    int *over = arg;

    while (!*over) {
        PyGILState_STATE st = PyGILState_Ensure();
        PyObject *item = PyObject_CallNoArgs(source);

        if (item == NULL) {
            PyErr_Clear();
            continue;
        }
        Py_DECREF(item);
        PyGILState_Release(st);
    }
    return NULL; // expect: gil-unbalanced // because: 14
}

static PyObject *
consume(PyObject *self, PyObject *callable)
{
    pthread_t id;

    source = Py_NewRef(callable);
    if (pthread_create(&id, NULL, consumer, &stop) != 0)
        return PyErr_Format(PyExc_RuntimeError, "no thread");
    pthread_detach(id);
    Py_RETURN_NONE;
}

static PyMethodDef consumer_methods[] = {
    {"consume", consume, METH_O, NULL},
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
/* run: mod.consume(iter([1]).__next__); time.sleep(0.2) */
/* hangs: the thread never lets go of the lock */
