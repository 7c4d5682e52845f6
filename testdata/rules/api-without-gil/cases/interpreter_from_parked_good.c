/* A new interpreter is made while no state is attached, which is allowed; when that fails there still is none. */
#include <Python.h>

static PyObject *
apart_run(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none))
{
    PyThreadState *before = PyThreadState_Get(), *other;

    PyThreadState_Swap(NULL);
    other = Py_NewInterpreter();
    if (other == NULL) {
        PyThreadState_Swap(before);
        PyErr_NoMemory();
        return NULL;
    }
    PyRun_SimpleString("pass");
    Py_EndInterpreter(other);
    PyThreadState_Swap(before);
    Py_RETURN_NONE;
}

static PyMethodDef apart_methods[] = {
    {"run", apart_run, METH_NOARGS, PyDoc_STR("run(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef apart_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "apart",
    .m_size = -1,
    .m_methods = apart_methods,
};

PyMODINIT_FUNC
PyInit_apart(void)
{
    return PyModule_Create(&apart_module);
}
/* run: mod.run() */
