/* Ensure per turn of a loop, one Release behind it. */
#include <Python.h>
#include <pthread.h>

struct batch {
    PyObject *list;
    long from, to;
};

static void *
batch_main(void *arg)
{
    struct batch *b = arg;
    PyGILState_STATE state;
    long i = b->from;

    do {
        state = PyGILState_Ensure();
        PyObject *n = PyLong_FromLong(i);
        if (n == NULL || PyList_Append(b->list, n) < 0)
            PyErr_Clear();
        Py_XDECREF(n);
    } while (++i < b->to);
    PyGILState_Release(state);
    return NULL; // expect: gil-unbalanced // because: 18
}

static PyObject *
batch_fill(PyObject *Py_UNUSED(module), PyObject *args)
{
    struct batch b;
    pthread_t thread;
    int status;

    if (!PyArg_ParseTuple(args, "O!ll:fill", &PyList_Type, &b.list, &b.from, &b.to))
        return NULL;
    if (b.from >= b.to)
        Py_RETURN_NONE;
    status = pthread_create(&thread, NULL, batch_main, &b);
    if (status != 0)
        return PyErr_Format(PyExc_RuntimeError, "pthread_create: %d", status);
    Py_BEGIN_ALLOW_THREADS
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}

static PyMethodDef batch_methods[] = {
    {"fill", batch_fill, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef batch_module = {
    PyModuleDef_HEAD_INIT, "batch", NULL, -1, batch_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_batch(void)
{
    return PyModule_Create(&batch_module);
}
/* run: got = []; mod.fill(got, 0, 1); mod.fill(got, 0, 3) */
/* hangs: two of three handles are never released */
