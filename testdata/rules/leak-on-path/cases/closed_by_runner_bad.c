/* The last argument says whether the file is closed behind the run, on every way out. */
#include <Python.h>
#include <stdio.h>

static PyObject *
runner_run(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *path;
    FILE *file;
    int failed;

    if (!PyArg_ParseTuple(args, "s:run", &path))
        return NULL;
    file = fopen(path, "r");
    if (file == NULL)
        return PyErr_SetFromErrno(PyExc_OSError);
    failed = PyRun_SimpleFileEx(file, path, 0);
    return PyBool_FromLong(!failed); // expect: leak-on-path // because: 14
}

static PyMethodDef runnermod_methods[] = {
    {"run", runner_run, METH_VARARGS, PyDoc_STR("run(...)")},
    {NULL, NULL, 0, NULL},
};

static int
runnermod_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot runnermod_slots[] = {
    {Py_mod_exec, runnermod_exec},
    {0, NULL},
};

static struct PyModuleDef runnermod_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "runnermod",
    .m_methods = runnermod_methods,
    .m_slots = runnermod_slots,
};

PyMODINIT_FUNC
PyInit_runnermod(void)
{
    return PyModuleDef_Init(&runnermod_module);
}
/* run: import os */
/* run: assert mod.run(os.devnull) */
/* from facts: the C library keeps a list of its open files */
