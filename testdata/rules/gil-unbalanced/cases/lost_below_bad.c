/* The reset of a released loop fails and the function leaves without the lock, two calls below the method. */
#include <Python.h>

typedef struct {
    Py_ssize_t left;
    int (*reset)(void *);
    double state;
} Run;

static int reset_none(void *state)
{
    *(double *)state = 0;
    return -1;
}

static int run_reset(Run *run)
{
    return run->reset ? run->reset(&run->state) : 0;
}

static int run_all(Run *run)
{
    PyThreadState *save = NULL;

    if (run->left > 500)
        save = PyEval_SaveThread();
    if (run_reset(run) < 0)
        return -1; // expect: gil-unbalanced // because: 26
    while (run->left-- > 0)
        run->state /= 2;
    if (save)
        PyEval_RestoreThread(save);
    return 0;
}

static int run_checked(Run *run)
{
    if (run->left < 0)
        return -1;
    return run_all(run);
}

static PyObject *
run_count(PyObject *Py_UNUSED(module), PyObject *arg)
{
    Run run = {.left = PyLong_AsSsize_t(arg), .state = 1};

    if (run.left == -1 && PyErr_Occurred())
        return NULL;
    if (run.left % 2)
        run.reset = reset_none;
    if (run_checked(&run) < 0)
        return PyErr_NoMemory();
    return PyFloat_FromDouble(run.state);
}

static PyMethodDef runner_methods[] = {
    {"count", run_count, METH_O, PyDoc_STR("count(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef runner_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "runner",
    .m_size = -1,
    .m_methods = runner_methods,
};

PyMODINIT_FUNC
PyInit_runner(void)
{
    return PyModule_Create(&runner_module);
}

/* run: try: mod.count(501) */
/* run: except MemoryError: pass */
/* dies: signal 11|without holding the GIL|PyThreadState_Get */
