/* A fork handler is registered once; the tree forks inside a region. */
#include <Python.h>
#include <pthread.h>
#include <sys/wait.h>
#include <unistd.h>

static unsigned long forks;

static void
before_fork(void)
{
    forks++;
}

static PyObject *
forker_run(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none))
{
    int status = 0;
    pid_t pid;

    Py_BEGIN_ALLOW_THREADS
    pid = fork();
    if (pid == 0)
        _exit(3);
    if (pid > 0)
        waitpid(pid, &status, 0);
    Py_END_ALLOW_THREADS
    if (pid < 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    return PyLong_FromLong(WEXITSTATUS(status));
}

static int
forker_setup(void)
{
    if (pthread_atfork(before_fork, NULL, NULL) != 0) {
        PyErr_SetString(PyExc_ImportError, "no room for a fork handler");
        return -1;
    }
    return 0;
}

static PyMethodDef forker_methods[] = {
    {"run", forker_run, METH_NOARGS, PyDoc_STR("run(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef forker_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "forker",
    .m_size = -1,
    .m_methods = forker_methods,
};

PyMODINIT_FUNC
PyInit_forker(void)
{
    if (forker_setup() < 0)
        return NULL;
    return PyModule_Create(&forker_module);
}
/* run: assert mod.run() == 3 */
