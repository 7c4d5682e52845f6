/* One loop serves many functions: which it calls stands in the ufunc's data, a table of void pointers. */
#include <Python.h>
#define NPY_NO_DEPRECATED_API NPY_1_7_API_VERSION
#include <math.h>
#include <numpy/arrayobject.h>
#include <numpy/npy_math.h>
#include <numpy/ufuncobject.h>

static double
slow_root(double x)
{
    double guess = x > 1 ? x : 1;

    if (x < 0) {
        PyErr_WarnEx(PyExc_RuntimeWarning, "root of a negative number", 1); // expect: api-without-gil // because: 36
        return NPY_NAN;
    }
    for (int i = 0; i < 60; i++)
        guess = (guess + x / guess) / 2;
    return guess;
}

static double
slow_square(double x)
{
    return x * x;
}

static void
each_double(char **args, npy_intp const *dimensions, npy_intp const *steps, void *data)
{
    double (*one)(double) = (double (*)(double))data;
    char *in = args[0], *out = args[1];

    for (npy_intp i = 0; i < dimensions[0]; i++, in += steps[0], out += steps[1])
        *(double *)out = one(*(double *)in);
}

static PyUFuncGenericFunction loops[] = {each_double};
static char types[] = {NPY_DOUBLE, NPY_DOUBLE};
static void *root_data[] = {(void *)slow_root};
static void *square_data[] = {(void *)slow_square};

static PyObject *
slowly_make(PyObject *Py_UNUSED(module), PyObject *squares)
{
    if (PyObject_IsTrue(squares))
        return PyUFunc_FromFuncAndData(loops, square_data, types, 1, 1, 1, PyUFunc_None, "square", NULL, 0);
    return PyUFunc_FromFuncAndData(loops, root_data, types, 1, 1, 1, PyUFunc_None, "root", NULL, 0);
}

static int
slowly_setup(void)
{
    return _import_array() < 0 || _import_umath() < 0 ? -1 : 0;
}

static PyMethodDef slowly_methods[] = {
    {"make", slowly_make, METH_O, PyDoc_STR("make(squares)")},
    {NULL, NULL, 0, NULL},
};

static int
slowly_exec(PyObject *m)
{
    if (slowly_setup() < 0)
        return -1;
    return 0;
}

static PyModuleDef_Slot slowly_slots[] = {
    {Py_mod_exec, slowly_exec},
    {0, NULL},
};

static struct PyModuleDef slowly_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "slowly",
    .m_methods = slowly_methods,
    .m_slots = slowly_slots,
};

PyMODINIT_FUNC
PyInit_slowly(void)
{
    return PyModuleDef_Init(&slowly_module);
}
/* link: -lm */
/* run: import numpy, warnings; warnings.simplefilter("ignore"); assert mod.make(1)(numpy.ones(1000))[0] == 1 */
/* run: assert numpy.isnan(mod.make(0)(numpy.full(100000, -1.0))[0]) */
/* dies: without holding the GIL|signal 11 */
