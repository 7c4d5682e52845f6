/* The else branch of a guard has the opposite of its condition; the new name stands in the first branch. */
#include <Python.h>

static int
ending(void)
{
#if PY_VERSION_HEX >= 0x030D0000
    return Py_IsFinalizing();
#else
    return _Py_IsFinalizing();
#endif
}

static PyObject *
phase_now(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none))
{
    PyThreadState *ts;

#if PY_VERSION_HEX >= 0x030D0000
    ts = PyThreadState_GetUnchecked();
#else
    ts = _PyThreadState_UncheckedGet();
#endif
    return PyUnicode_FromString(ts == NULL || ending() ? "ending" : "running");
}

static PyMethodDef phase_methods[] = {
    {"now", phase_now, METH_NOARGS, PyDoc_STR("now(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef phase_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "phase",
    .m_size = -1,
    .m_methods = phase_methods,
};

PyMODINIT_FUNC
PyInit_phase(void)
{
    return PyModule_Create(&phase_module);
}
/* run: assert mod.now() == "running" */
