/* Two nested handles: the inner section gives back the handle of the outer one. */
#include <Python.h>

static PyObject *last_event;

/* May be called by any thread, with or without the lock. */
static void
event_keep(PyObject *what, int verbose)
{
    PyGILState_STATE outer = PyGILState_Ensure();

    Py_XSETREF(last_event, Py_NewRef(what));
    if (verbose) {
        PyGILState_STATE inner = PyGILState_Ensure();
        PySys_FormatStderr("event %R\n", what);
        PyGILState_Release(outer); // expect: gil-unbalanced
    }
    PyGILState_Release(outer);
}

static PyObject *
event_send(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *what;
    int verbose;

    if (!PyArg_ParseTuple(args, "Op:send", &what, &verbose))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    event_keep(what, verbose);
    Py_END_ALLOW_THREADS
    return Py_NewRef(last_event);
}

static PyMethodDef event_methods[] = {
    {"send", event_send, METH_VARARGS, PyDoc_STR("send(...)")},
    {NULL, NULL, 0, NULL},
};

static int
event_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot event_slots[] = {
    {Py_mod_exec, event_exec},
    {0, NULL},
};

static struct PyModuleDef event_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "event",
    .m_methods = event_methods,
    .m_slots = event_slots,
};

PyMODINIT_FUNC
PyInit_event(void)
{
    return PyModuleDef_Init(&event_module);
}
/* run: assert mod.send("x", False) == "x"; mod.send("x", True) */
/* dies: Fatal Python error|signal */
