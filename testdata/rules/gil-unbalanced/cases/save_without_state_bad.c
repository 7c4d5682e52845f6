/* A foreign thread opens an allow-threads block though it never had the lock. */
#include <Python.h>
#include <pthread.h>
#include <time.h>

static volatile int beats;

static void *
heart_main(void *arg)
{
    struct timespec pause = {0, 1000000};

    for (int i = 0; i < *(int *)arg; i++) {
        Py_BEGIN_ALLOW_THREADS // expect: gil-unbalanced // because: 30
        nanosleep(&pause, NULL);
        Py_END_ALLOW_THREADS
        beats++;
    }
    return NULL;
}

static PyObject *
heart_beat(PyObject *Py_UNUSED(module), PyObject *args)
{
    pthread_t thread;
    int n, status;

    if (!PyArg_ParseTuple(args, "i:beat", &n))
        return NULL;
    status = pthread_create(&thread, NULL, heart_main, &n);
    if (status != 0)
        return PyErr_Format(PyExc_RuntimeError, "pthread_create: %d", status);
    Py_BEGIN_ALLOW_THREADS
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    return PyLong_FromLong(beats);
}

static PyMethodDef heart_methods[] = {
    {"beat", heart_beat, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef heart_module = {
    PyModuleDef_HEAD_INIT, "heart", NULL, -1, heart_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_heart(void)
{
    return PyModule_Create(&heart_module);
}
/* run: assert mod.beat(3) == 3 */
/* dies: Fatal Python error: PyEval_SaveThread|signal */
