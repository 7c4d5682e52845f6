/* One exit asks whether an exception is set and gives the block back then; out of memory none is set. */
#include <Python.h>

static int
steps_make(Py_ssize_t n, long **steps)
{
    Py_ssize_t i;

    *steps = PyMem_New(long, n + 1);
    if (*steps == NULL) {
        PyErr_NoMemory();
        goto exit;
    }
    for (i = 0; i <= n; i++)
        (*steps)[i] = 3 * (long)i;
exit:
    if (PyErr_Occurred()) {
        PyMem_Free(*steps);
        *steps = NULL;
        return 0;
    }
    return 1;
}

static PyObject *
steps_last(PyObject *Py_UNUSED(module), PyObject *args)
{
    long *steps = NULL, last;
    Py_ssize_t n;

    if (!PyArg_ParseTuple(args, "n:last", &n))
        return NULL;
    if (!steps_make(n, &steps))
        return NULL;
    last = steps[n];
    PyMem_Free(steps);
    return PyLong_FromLong(last);
}

static PyMethodDef stepsmod_methods[] = {
    {"last", steps_last, METH_VARARGS, PyDoc_STR("last(...)")},
    {NULL, NULL, 0, NULL},
};

static int
stepsmod_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot stepsmod_slots[] = {
    {Py_mod_exec, stepsmod_exec},
    {0, NULL},
};

static struct PyModuleDef stepsmod_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "stepsmod",
    .m_methods = stepsmod_methods,
    .m_slots = stepsmod_slots,
};

PyMODINIT_FUNC
PyInit_stepsmod(void)
{
    return PyModuleDef_Init(&stepsmod_module);
}
/* run: assert mod.last(2) == 6 */
