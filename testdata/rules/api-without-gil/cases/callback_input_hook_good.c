/* PyOS_InputHook is called while the prompt waits, detached: a hook that runs callbacks must attach. */
#include <Python.h>

static PyObject *callback;

static int
run_callback(void)
{
    PyObject *r;
    PyGILState_STATE held = PyGILState_Ensure();

    r = PyObject_CallNoArgs(callback); // attached
    if (r == NULL)
        PyErr_WriteUnraisable(callback); // attached
    Py_XDECREF(r); // attached
    PyGILState_Release(held);
    return 0;
}

static PyObject *
prompt_install(PyObject *Py_UNUSED(module), PyObject *arg)
{
    Py_XSETREF(callback, Py_NewRef(arg));
    PyOS_InputHook = run_callback;
    Py_RETURN_NONE;
}

static PyObject *
prompt_remove(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none))
{
    PyOS_InputHook = NULL;
    Py_CLEAR(callback);
    Py_RETURN_NONE;
}

static PyMethodDef prompt_methods[] = {
    {"install", prompt_install, METH_O, PyDoc_STR("install(...)")},
    {"remove", prompt_remove, METH_NOARGS, PyDoc_STR("remove(...)")},
    {NULL, NULL, 0, NULL},
};

static int
prompt_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot prompt_slots[] = {
    {Py_mod_exec, prompt_exec},
    {0, NULL},
};

static struct PyModuleDef prompt_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "prompt",
    .m_methods = prompt_methods,
    .m_slots = prompt_slots,
};

PyMODINIT_FUNC
PyInit_prompt(void)
{
    return PyModuleDef_Init(&prompt_module);
}
/* run: import pty */
/* run: child, fd = pty.fork() */
/* run: if child == 0: got = []; mod.install(lambda: got.append(1)); input("? "); mod.remove(); os._exit(0 if got else 5) */
/* run: time.sleep(0.5); os.write(fd, b"x\n"); status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) */
/* run: assert status >= 0, "signal %d" % -status */
