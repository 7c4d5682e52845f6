/* The old call is right where only old versions see it; a second one stands outside of the guard. */
#include <Python.h>

#if PY_VERSION_HEX < 0x03070000
#define START_THREADS() PyEval_InitThreads()
#else
#define START_THREADS() ((void)0)
#endif

static PyObject *
engine_start(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none))
{
    START_THREADS();
#if PY_VERSION_HEX < 0x03090000
    PyEval_InitThreads();
#endif
    Py_RETURN_NONE;
}

static PyObject *
engine_fork_child(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none))
{
    PyOS_AfterFork_Child();
    Py_RETURN_NONE;
}

static PyMethodDef engine_methods[] = {
    {"start", engine_start, METH_NOARGS, NULL},
    {"fork_child", engine_fork_child, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef engine_module = {
    PyModuleDef_HEAD_INIT, "engine", NULL, -1, engine_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_engine(void)
{
    return PyModule_Create(&engine_module);
}
/* run: mod.start() */
