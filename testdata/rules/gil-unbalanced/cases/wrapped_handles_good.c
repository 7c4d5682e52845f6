/* The project's own macros around handles: the inner section closes the outer one, and the other way round. */
#include <Python.h>

#define TRACE_LOCK(s) PyGILState_STATE s = trace_enter()
#define TRACE_UNLOCK(s) trace_leave(s)

static PyObject *last_text;

static PyGILState_STATE
trace_enter(void)
{
    return PyGILState_Ensure();
}

static void
trace_leave(PyGILState_STATE s)
{
    PyGILState_Release(s);
}

static void
trace_write(PyObject *text, int level)
{
    TRACE_LOCK(all);
    if (level > 1) {
        TRACE_LOCK(deep);
        Py_XSETREF(last_text, Py_NewRef(text));
        TRACE_UNLOCK(deep);
        TRACE_UNLOCK(all);
        return;
    }
    Py_CLEAR(last_text);
    TRACE_UNLOCK(all);
}

static PyObject *
trace(PyObject *self, PyObject *args)
{
    PyObject *text;
    int level;

    if (!PyArg_ParseTuple(args, "Oi:trace", &text, &level))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    trace_write(text, level);
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}

static PyMethodDef tracer_methods[] = {
    {"trace", trace, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef tracer_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "tracer",
    .m_size = -1,
    .m_methods = tracer_methods,
};

PyMODINIT_FUNC
PyInit_tracer(void)
{
    return PyModule_Create(&tracer_module);
}

/* run: mod.trace("x", 1); mod.trace("x", 2); mod.trace("x", 1) */
