/* A log function that may be called in any state asks PyGILState_Check before it uses the API. */
#include <Python.h>
#include <stdio.h>

static void
trace(const char *what, long n)
{
    PySys_FormatStderr("%s %ld\n", what, n); // expect: api-without-gil // because: 35, 21
}

static long
fibonacci_mod(long n, long m)
{
    long a = 0, b = 1;

    for (long i = 0; i < n; i++) {
        long next = (a + b) % m;
        a = b;
        b = next;
    }
    trace("steps", n);
    return a;
}

static PyObject *
fibmod_of(PyObject *Py_UNUSED(module), PyObject *args)
{
    long n, m, value;

    if (!PyArg_ParseTuple(args, "ll:of", &n, &m))
        return NULL;
    if (m < 1)
        return PyErr_Format(PyExc_ValueError, "modulus %ld", m);
    trace("fibonacci", n);
    Py_BEGIN_ALLOW_THREADS
    value = fibonacci_mod(n, m);
    Py_END_ALLOW_THREADS
    return PyLong_FromLong(value);
}

static PyMethodDef fibmod_methods[] = {
    {"of", fibmod_of, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef fibmod_module = {
    PyModuleDef_HEAD_INIT, "fibmod", NULL, -1, fibmod_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_fibmod(void)
{
    return PyModule_Create(&fibmod_module);
}
/* run: assert mod.of(10, 1000) == 55 */
/* dies: signal 11|without holding the GIL */
