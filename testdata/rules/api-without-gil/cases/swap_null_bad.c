/* PyThreadState_Swap(NULL) leaves the thread without a state; from 3.12 on it gives the lock away as well. */
#include <Python.h>
#include <unistd.h>

struct window {
    PyThreadState *state;
};

static void
window_open(struct window *w)
{
    w->state = PyThreadState_Swap(NULL);
}

static void
window_shut(struct window *w)
{
    PyThreadState_Swap(w->state);
}

static PyObject *
hostname_get(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none))
{
    struct window w;
    char name[256] = "";
    PyObject *text;
    int status;

    window_open(&w);
    status = gethostname(name, sizeof(name) - 1);
    text = status == 0 ? PyUnicode_DecodeFSDefault(name) : NULL; // expect: api-without-gil // because: 12
    window_shut(&w);
    if (status != 0)
        PyErr_SetFromErrno(PyExc_OSError);
    return text;
}

static PyMethodDef hostname_methods[] = {
    {"get", hostname_get, METH_NOARGS, PyDoc_STR("get(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef hostname_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "hostname",
    .m_size = -1,
    .m_methods = hostname_methods,
};

PyMODINIT_FUNC
PyInit_hostname(void)
{
    return PyModule_Create(&hostname_module);
}
/* run: mod.get() */
/* dies: signal 11|without holding the GIL */
