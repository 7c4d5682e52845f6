/* getcwd with a NULL buffer allocates by libc. */
#include <Python.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static PyObject *
cwd_with(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *prefix;
    char *here;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "s:with_prefix", &prefix))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    here = getcwd(NULL, 0);
    Py_END_ALLOW_THREADS
    if (here == NULL)
        return PyErr_SetFromErrno(PyExc_OSError);
    result = PyUnicode_FromFormat("%s%s", prefix, here);
    free(here);
    return result;
}

static PyMethodDef cwd_methods[] = {
    {"with_prefix", cwd_with, METH_VARARGS, PyDoc_STR("with prefix(...)")},
    {NULL, NULL, 0, NULL},
};

static int
cwd_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot cwd_slots[] = {
    {Py_mod_exec, cwd_exec},
    {0, NULL},
};

static struct PyModuleDef cwd_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "cwd",
    .m_methods = cwd_methods,
    .m_slots = cwd_slots,
};

PyMODINIT_FUNC
PyInit_cwd(void)
{
    return PyModuleDef_Init(&cwd_module);
}
/* run: mod.with_prefix("file://") */
