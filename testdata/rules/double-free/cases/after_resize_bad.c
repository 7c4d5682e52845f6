/* The old pointer is kept for the failure of PyMem_Resize and released after its success as well. */
#include <Python.h>

static PyObject *
ramp_make(PyObject *Py_UNUSED(module), PyObject *arg)
{
    Py_ssize_t n = PyNumber_AsSsize_t(arg, PyExc_OverflowError), sum = 0;
    Py_ssize_t *ramp, *kept;

    if (n < 0)
        return PyErr_Occurred() ? NULL : PyErr_Format(PyExc_ValueError, "%zd steps", n);
    ramp = PyMem_New(Py_ssize_t, 4);
    if (ramp == NULL)
        return PyErr_NoMemory();
    kept = ramp;
    PyMem_Resize(ramp, Py_ssize_t, n + 4);
    PyMem_Free(kept); // expect: double-free // because: 16
    if (ramp == NULL)
        return PyErr_NoMemory();
    for (Py_ssize_t i = 0; i < n; i++)
        ramp[i] = i;
    for (Py_ssize_t i = 0; i < n; i++)
        sum += ramp[i];
    PyMem_Free(ramp);
    return PyLong_FromSsize_t(sum);
}

static PyMethodDef ramp_methods[] = {
    {"make", ramp_make, METH_O, PyDoc_STR("make(...)")},
    {NULL, NULL, 0, NULL},
};

static int
ramp_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot ramp_slots[] = {
    {Py_mod_exec, ramp_exec},
    {0, NULL},
};

static struct PyModuleDef ramp_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "ramp",
    .m_methods = ramp_methods,
    .m_slots = ramp_slots,
};

PyMODINIT_FUNC
PyInit_ramp(void)
{
    return PyModuleDef_Init(&ramp_module);
}
/* run: assert mod.make(1000) == 499500 */
/* asan: attempting double-free */
