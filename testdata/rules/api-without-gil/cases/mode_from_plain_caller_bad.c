/* A helper works without the lock; the caller that does nothing to the lock asks for the mode that raises. */
#include <Python.h>

enum { MODE_SUM, MODE_CHECKED };

static double meter_read(const double *cells, Py_ssize_t n, int mode)
{
    double sum = 0;

    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t i = 0; i < n; i++)
        sum += cells[i];
    if (mode == MODE_CHECKED && sum < 0)
        PyErr_SetString(PyExc_ValueError, "the meter runs backwards"); // expect: api-without-gil // because: 10
    Py_END_ALLOW_THREADS
    return sum;
}

static PyObject *
meter_sum(PyObject *Py_UNUSED(module), PyObject *arg)
{
    double cell = PyFloat_AsDouble(arg), sum;

    if (PyErr_Occurred())
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    cell *= 2;
    Py_END_ALLOW_THREADS
    sum = meter_read(&cell, 1, MODE_SUM);
    return PyFloat_FromDouble(sum);
}

static PyObject *
meter_checked(PyObject *Py_UNUSED(module), PyObject *arg)
{
    double cell = PyFloat_AsDouble(arg), sum = meter_read(&cell, 1, MODE_CHECKED);

    return PyErr_Occurred() ? NULL : PyFloat_FromDouble(sum);
}

static PyMethodDef meter_methods[] = {
    {"sum", meter_sum, METH_O, PyDoc_STR("sum(...)")},
    {"checked", meter_checked, METH_O, PyDoc_STR("checked(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef meter_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "meter",
    .m_size = -1,
    .m_methods = meter_methods,
};

PyMODINIT_FUNC
PyInit_meter(void)
{
    return PyModule_Create(&meter_module);
}

/* run: assert mod.sum(1.5) == 3.0; assert mod.checked(1.0) == 1.0 */
/* run: exec("try: mod.checked(-1.0)\nexcept ValueError: pass") */
/* dies: signal 11|without holding the GIL|PyThreadState_Get */
