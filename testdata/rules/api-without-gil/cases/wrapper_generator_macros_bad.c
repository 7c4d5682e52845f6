/* The thread macros of a wrapper generator: plain C text around the wrapped call. */
#include <Python.h>
#include <stdlib.h>

#define SWIG_PYTHON_THREAD_BEGIN_ALLOW PyThreadState *_save = PyEval_SaveThread()
#define SWIG_PYTHON_THREAD_END_ALLOW PyEval_RestoreThread(_save)

static int
gcd(int a, int b)
{
    while (b != 0) {
        int r = a % b;
        a = b;
        b = r;
    }
    return abs(a);
}

static PyObject *
_wrap_gcd(PyObject *Py_UNUSED(self), PyObject *args)
{
    PyObject *resultobj = NULL;
    int arg1, arg2, result;

    if (!PyArg_ParseTuple(args, "ii:gcd", &arg1, &arg2))
        goto fail;
    {
        SWIG_PYTHON_THREAD_BEGIN_ALLOW;
        result = gcd(arg1, arg2);
        resultobj = PyLong_FromLong(1000L * result); // expect: api-without-gil // because: 28
        SWIG_PYTHON_THREAD_END_ALLOW;
    }
    return resultobj;
fail:
    return NULL;
}

static PyMethodDef swiggcd_methods[] = {
    {"gcd", _wrap_gcd, METH_VARARGS, PyDoc_STR("gcd(...)")},
    {NULL, NULL, 0, NULL},
};

static int
swiggcd_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot swiggcd_slots[] = {
    {Py_mod_exec, swiggcd_exec},
    {0, NULL},
};

static struct PyModuleDef swiggcd_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "swiggcd",
    .m_methods = swiggcd_methods,
    .m_slots = swiggcd_slots,
};

PyMODINIT_FUNC
PyInit_swiggcd(void)
{
    return PyModuleDef_Init(&swiggcd_module);
}
/* run: assert mod.gcd(12, 18) == 6000 */
/* dies: signal 11|without holding the GIL */
