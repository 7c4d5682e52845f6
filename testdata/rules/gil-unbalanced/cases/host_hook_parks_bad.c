/* A host parks its state in a hook nobody is seen to call; a method of its module fails inside a region. */
#include <Python.h>

static PyThreadState *parked;
static int with_threads;

static void
real_release(void)
{
    parked = PyThreadState_Get();
    PyEval_SaveThread();
}

static void
fake_release(void)
{
}

static void (*hook_release)(void) = fake_release;

int
host_after_fork(int number)
{
    if (with_threads)
        hook_release = real_release;
    hook_release();
    return number;
}

int
main(int argc, char **argv)
{
    with_threads = argc > 1;
    Py_Initialize();
    return argv[0] ? 0 : Py_FinalizeEx();
}

static PyObject *
host_wait(PyObject *self, PyObject *arg)
{
    PyThreadState *state = PyEval_SaveThread();
    int none = arg == Py_None;

    if (none)
        return NULL; // expect: gil-unbalanced // because: 41
    PyEval_RestoreThread(state);
    Py_RETURN_TRUE;
}

static PyMethodDef host_methods[] = {
    {"wait", host_wait, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef host_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "host",
    .m_size = -1,
    .m_methods = host_methods,
};

PyMODINIT_FUNC
PyInit_host(void)
{
    return PyModule_Create(&host_module);
}
/* run: mod.wait(None) */
/* dies: signal|Fatal Python error */
