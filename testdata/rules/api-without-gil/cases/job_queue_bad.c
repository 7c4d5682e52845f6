/* A worker thread runs whatever functions the tree has put into the jobs' field. */
#include <Python.h>
#include <pthread.h>

struct job {
    void (*run)(struct job *job);
    PyObject *target; /* list */
    long value;
    struct job *next;
};

static void
job_add(struct job *job)
{
    PyObject *n = PyLong_FromLong(job->value); // expect: api-without-gil // because: 47, 32

    if (n == NULL || PyList_Append(job->target, n) < 0) // expect: api-without-gil // because: 47, 32
        PyErr_WriteUnraisable(job->target); // expect: api-without-gil // because: 47, 32
    Py_XDECREF(n); // expect: api-without-gil // because: 47, 32
}

static void
job_square(struct job *job)
{
    job->value *= job->value;
}

static void *
worker_main(void *arg)
{
    for (struct job *job = arg; job != NULL; job = job->next)
        job->run(job);
    return NULL;
}

static PyObject *
queue_square(PyObject *Py_UNUSED(module), PyObject *args)
{
    struct job second = {job_add, NULL, 0, NULL}, first = {job_square, NULL, 0, &second};
    pthread_t thread;
    int status;

    if (!PyArg_ParseTuple(args, "O!l:square", &PyList_Type, &second.target, &second.value))
        return NULL;
    first.value = second.value;
    second.value = first.value + 1000;
    status = pthread_create(&thread, NULL, worker_main, &first);
    if (status != 0)
        return PyErr_Format(PyExc_RuntimeError, "pthread_create: %d", status);
    Py_BEGIN_ALLOW_THREADS
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    return PyLong_FromLong(first.value);
}

static PyMethodDef jobqueue_methods[] = {
    {"square", queue_square, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef jobqueue_module = {
    PyModuleDef_HEAD_INIT, "jobqueue", NULL, -1, jobqueue_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_jobqueue(void)
{
    return PyModule_Create(&jobqueue_module);
}
/* run: got = []; assert mod.square(got, 7) == 49; assert got == [1007] */
/* dies: signal 11|without holding the GIL */
