/* A handler that sigaction installs raises at once; it arrives while the lock is away. */
#include <Python.h>
#include <signal.h>

static volatile sig_atomic_t arrived;

static void
alarm_arrived(int number)
{
    arrived = number;
}

static PyObject *
alarms_wait(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(arg))
{
    struct sigaction action = {0}, before;

    action.sa_handler = alarm_arrived;
    sigemptyset(&action.sa_mask);
    if (sigaction(SIGUSR1, &action, &before) < 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    Py_BEGIN_ALLOW_THREADS
    raise(SIGUSR1);
    Py_END_ALLOW_THREADS
    sigaction(SIGUSR1, &before, NULL);
    if (arrived && !PyErr_Occurred())
        PyErr_SetString(PyExc_InterruptedError, "arrived");
    return NULL;
}

static PyMethodDef alarms_methods[] = {
    {"wait", alarms_wait, METH_NOARGS, PyDoc_STR("wait(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef alarms_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "alarms",
    .m_size = -1,
    .m_methods = alarms_methods,
};

PyMODINIT_FUNC
PyInit_alarms(void)
{
    return PyModule_Create(&alarms_module);
}
/* run: with __import__("contextlib").suppress(InterruptedError): mod.wait() */
