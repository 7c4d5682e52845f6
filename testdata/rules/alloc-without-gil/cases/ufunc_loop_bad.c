/* NumPy calls the inner loop of a ufunc without the lock. */
#define NPY_NO_DEPRECATED_API NPY_1_7_API_VERSION
#include <Python.h>
#include <numpy/arrayobject.h>
#include <numpy/ufuncobject.h>
#include <math.h>

static void
softsign_loop(char **args, const npy_intp *dimensions, const npy_intp *steps, void *Py_UNUSED(data))
{
    npy_intp n = dimensions[0];
    double *scratch = PyMem_Malloc((size_t)n * sizeof(double)); // expect: alloc-without-gil // because: 23

    if (scratch == NULL)
        return;
    for (npy_intp i = 0; i < n; i++)
        scratch[i] = fabs(*(double *)(args[0] + i * steps[0]));
    for (npy_intp i = 0; i < n; i++)
        *(double *)(args[1] + i * steps[1]) = *(double *)(args[0] + i * steps[0]) / (1 + scratch[i]);
    PyMem_Free(scratch); // expect: alloc-without-gil // because: 23
}

static PyUFuncGenericFunction loops[] = {softsign_loop};
static char types[] = {NPY_DOUBLE, NPY_DOUBLE};
static void *data[] = {NULL};

static PyObject *
activations_make(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none))
{
    return PyUFunc_FromFuncAndData(loops, data, types, 1, 1, 1, PyUFunc_None, "softsign", NULL, 0);
}

static int
activations_setup(void)
{
    return _import_array() < 0 || _import_umath() < 0 ? -1 : 0;
}

static PyMethodDef activations_methods[] = {
    {"make", activations_make, METH_NOARGS, PyDoc_STR("make(...)")},
    {NULL, NULL, 0, NULL},
};

static int
activations_exec(PyObject *m)
{
    if (activations_setup() < 0)
        return -1;
    return 0;
}

static PyModuleDef_Slot activations_slots[] = {
    {Py_mod_exec, activations_exec},
    {0, NULL},
};

static struct PyModuleDef activations_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "activations",
    .m_methods = activations_methods,
    .m_slots = activations_slots,
};

PyMODINIT_FUNC
PyInit_activations(void)
{
    return PyModuleDef_Init(&activations_module);
}
/* link: -lm */
/* run: import numpy; assert mod.make()(numpy.ones(1000))[0] == 0.5 */
/* dies: Python memory allocator called without holding the GIL */
