/* A function that drops an object is left with C's atexit: it runs when the interpreter is gone. */
#include <Python.h>
#include <stdio.h>
#include <stdlib.h>

static PyObject *hook;
static unsigned long calls;

static void
say_goodbye(void)
{
    PyObject *r = PyObject_CallFunction(hook, "k", calls); // expect: api-without-gil // because: 21

    Py_XDECREF(r); // expect: api-without-gil // because: 21
}

static PyObject *
goodbye_set(PyObject *Py_UNUSED(module), PyObject *arg)
{
    calls++;
    if (hook == NULL && atexit(say_goodbye) != 0)
        return PyErr_Format(PyExc_RuntimeError, "too many exit handlers");
    Py_XSETREF(hook, Py_NewRef(arg));
    Py_RETURN_NONE;
}

static PyMethodDef goodbye_methods[] = {
    {"set", goodbye_set, METH_O, PyDoc_STR("set(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef goodbye_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "goodbye",
    .m_size = -1,
    .m_methods = goodbye_methods,
};

PyMODINIT_FUNC
PyInit_goodbye(void)
{
    return PyModule_Create(&goodbye_module);
}
/* run: mod.set(print) */
/* dies: signal 11 */
