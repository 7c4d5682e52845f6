/* A handle is released on the error path and again behind it. */
#include <Python.h>
#include <pthread.h>

struct ask {
    PyObject *function;
    double answer;
};

static void *
ask_main(void *arg)
{
    struct ask *a = arg;
    PyGILState_STATE state = PyGILState_Ensure();
    PyObject *r = PyObject_CallNoArgs(a->function);

    if (r == NULL) {
        PyErr_Clear();
        a->answer = -1;
        PyGILState_Release(state);
    }
    else {
        a->answer = PyFloat_AsDouble(r);
        PyErr_Clear();
        Py_DECREF(r);
    }
    PyGILState_Release(state); // expect: gil-unbalanced // because: 20
    return NULL;
}

static PyObject *
ask_thread(PyObject *Py_UNUSED(module), PyObject *arg)
{
    struct ask a = {arg, 0};
    pthread_t thread;
    int status = pthread_create(&thread, NULL, ask_main, &a);

    if (status != 0)
        return PyErr_Format(PyExc_RuntimeError, "pthread_create: %d", status);
    Py_BEGIN_ALLOW_THREADS
    pthread_join(thread, NULL);
    Py_END_ALLOW_THREADS
    return PyFloat_FromDouble(a.answer);
}

static PyMethodDef ask_methods[] = {
    {"thread", ask_thread, METH_O, PyDoc_STR("thread(...)")},
    {NULL, NULL, 0, NULL},
};

static int
ask_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot ask_slots[] = {
    {Py_mod_exec, ask_exec},
    {0, NULL},
};

static struct PyModuleDef ask_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "ask",
    .m_methods = ask_methods,
    .m_slots = ask_slots,
};

PyMODINIT_FUNC
PyInit_ask(void)
{
    return PyModuleDef_Init(&ask_module);
}
/* run: assert mod.thread(lambda: 2.5) == 2.5; mod.thread(lambda: 1 / 0) */
/* dies: Fatal Python error|signal */
