/* Attaching by an interpreter guard may fail, and then attaches nothing; what is done there needs no state. */
#include <Python.h>
#include <pthread.h>

#if PY_VERSION_HEX < 0x030F0000
typedef struct interpreter_guard PyInterpreterGuard;
typedef struct thread_token PyThreadStateToken;
extern PyInterpreterGuard *PyInterpreterGuard_FromCurrent(void);
extern void PyInterpreterGuard_Close(PyInterpreterGuard *guard);
extern PyThreadStateToken *PyThreadState_Ensure(PyInterpreterGuard *guard);
extern void PyThreadState_Release(PyThreadStateToken *token);
#endif

struct job {
    PyInterpreterGuard *guard;
    PyObject *done; /* callable */
};

static void *
job_main(void *arg)
{
    struct job *job = arg;
    PyThreadStateToken *token = PyThreadState_Ensure(job->guard); // pymemlint: ignore[api-not-in-version] 3.15
    PyObject *answer;

    if (token == NULL) {
        PyInterpreterGuard_Close(job->guard); // pymemlint: ignore[api-not-in-version] 3.15
        return NULL;
    }
    answer = PyObject_CallNoArgs(job->done);
    if (answer == NULL)
        PyErr_WriteUnraisable(job->done);
    Py_XDECREF(answer);
    PyThreadState_Release(token); // pymemlint: ignore[api-not-in-version] 3.15
    PyInterpreterGuard_Close(job->guard); // pymemlint: ignore[api-not-in-version] 3.15
    return NULL;
}

static PyObject *
jobs_start(PyObject *Py_UNUSED(module), PyObject *done)
{
    static struct job job;
    pthread_t thread;

    job.guard = PyInterpreterGuard_FromCurrent(); // pymemlint: ignore[api-not-in-version] 3.15
    if (job.guard == NULL)
        return NULL;
    Py_INCREF(done);
    job.done = done;
    if (pthread_create(&thread, NULL, job_main, &job) != 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    Py_RETURN_NONE;
}

PyMethodDef jobs_methods[] = {
    {"start", jobs_start, METH_O, PyDoc_STR("start(...)")},
    {NULL, NULL, 0, NULL},
};
