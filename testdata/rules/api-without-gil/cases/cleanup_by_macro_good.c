/* A macro names the function that ends the scope, another makes the scope of it: the lock is back behind the brace. */
#include <Python.h>
#include <unistd.h>

#define AT_END(f) __attribute__((cleanup(f)))
#define WITHOUT_LOCK AT_END(take_back) PyThreadState *away = PyEval_SaveThread()

static inline void
take_back(PyThreadState **away)
{
    PyEval_RestoreThread(*away);
}

static PyObject *
pauses_nap(PyObject *Py_UNUSED(module), PyObject *arg)
{
    unsigned long long time = PyLong_AsUnsignedLongLong(arg);

    if (PyErr_Occurred())
        return NULL;
    {
        WITHOUT_LOCK;
        if (usleep((useconds_t)time) < 0)
            time = 0;
    }
    if (time > 9)
        return PyErr_Format(PyExc_ValueError, "too long");
    return PyLong_FromUnsignedLongLong(time);
}

static PyMethodDef pauses_methods[] = {
    {"nap", pauses_nap, METH_O, PyDoc_STR("nap(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef pauses_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "pauses",
    .m_size = -1,
    .m_methods = pauses_methods,
};

PyMODINIT_FUNC
PyInit_pauses(void)
{
    return PyModule_Create(&pauses_module);
}
/* run: with __import__("contextlib").suppress(ValueError): mod.nap(10) */
