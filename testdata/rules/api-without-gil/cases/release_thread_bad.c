/* PyEval_ReleaseThread and PyEval_AcquireThread with a state taken by PyThreadState_Get. */
#include <Python.h>
#include <sys/wait.h>
#include <unistd.h>

static PyObject *
child_status(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none))
{
    PyThreadState *own = PyThreadState_Get();
    PyObject *result = NULL;
    int status = 0;
    pid_t pid;

    pid = fork();
    if (pid == 0)
        _exit(7);
    if (pid < 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    PyEval_ReleaseThread(own);
    if (waitpid(pid, &status, 0) == pid) {
        result = Py_BuildValue("ii", WIFEXITED(status), WEXITSTATUS(status)); // expect: api-without-gil // because: 19
    }
    PyEval_AcquireThread(own);
    if (result == NULL && !PyErr_Occurred())
        PyErr_SetFromErrno(PyExc_OSError);
    return result;
}

static PyMethodDef child_methods[] = {
    {"status", child_status, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef child_module = {
    PyModuleDef_HEAD_INIT, "child", NULL, -1, child_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_child(void)
{
    return PyModule_Create(&child_module);
}
/* run: assert mod.status() == (1, 7) */
/* dies: signal 11|without holding the GIL */
