/* A guard notes whether it took the lock, and says so; every way out behind it leaves it. */
#include <Python.h>

struct guard {
    PyGILState_STATE state;
    int taken;
};

static PyObject *watcher;

/* -1: there is no interpreter to attach to. */
static int
guard_enter(struct guard *guard)
{
    guard->taken = 0;
    if (!Py_IsInitialized())
        return -1;
    guard->state = PyGILState_Ensure();
    guard->taken = 1;
    return 0;
}

static void
guard_leave(struct guard *guard)
{
    if (guard->taken)
        PyGILState_Release(guard->state);
    guard->taken = 0;
}

/* Whoever has news calls it, on any thread. */
int
watcher_tell(const char *news)
{
    struct guard guard;
    PyObject *answer;

    if (guard_enter(&guard) < 0)
        return -1;
    if (watcher == NULL) {
        guard_leave(&guard);
        return 0;
    }
    answer = PyObject_CallFunction(watcher, "s", news);
    if (answer == NULL)
        PyErr_WriteUnraisable(watcher);
    Py_XDECREF(answer);
    guard_leave(&guard);
    return 1;
}

static PyObject *
watcher_set(PyObject *Py_UNUSED(module), PyObject *arg)
{
    int told;

    Py_BEGIN_ALLOW_THREADS
    told = watcher_tell("another one");
    Py_END_ALLOW_THREADS
    Py_XSETREF(watcher, Py_NewRef(arg));
    return PyLong_FromLong(told);
}

static PyMethodDef watcher_methods[] = {
    {"set", watcher_set, METH_O, PyDoc_STR("set(callable)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef watcher_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "watcher",
    .m_size = -1,
    .m_methods = watcher_methods,
};

PyMODINIT_FUNC
PyInit_watcher(void)
{
    return PyModule_Create(&watcher_module);
}
/* run: assert mod.set(len) == 0; assert mod.set(len) == 1 */
