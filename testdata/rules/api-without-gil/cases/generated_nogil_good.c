/* The shape of generated code: a bare _save, Py_UNBLOCK_THREADS, try and exception exits that block again. */
#include <Python.h>

#define __Pyx_FastGIL_Remember()
#define __Pyx_FastGIL_Forget()

static double
clamp_sum(const double *values, Py_ssize_t n, double limit)
{
    double sum = 0;

    for (Py_ssize_t i = 0; i < n; i++)
        sum += values[i] > limit ? limit : values[i];
    return sum;
}

static PyObject *
__pyx_pw_5clamp_1total(PyObject *Py_UNUSED(self), PyObject *__pyx_args)
{
    Py_buffer __pyx_v_values;
    double __pyx_v_limit, __pyx_v_sum = 0;
    PyObject *__pyx_r = NULL;

    if (!PyArg_ParseTuple(__pyx_args, "y*d:total", &__pyx_v_values, &__pyx_v_limit))
        return NULL;
    {
#ifdef WITH_THREAD
        PyThreadState *_save;
        Py_UNBLOCK_THREADS
        __Pyx_FastGIL_Remember();
#endif
        /*try:*/ {
            if (__pyx_v_limit < 0) {
#ifdef WITH_THREAD
                PyGILState_STATE __pyx_gilstate_save = PyGILState_Ensure();
#endif
                PyErr_SetString(PyExc_ValueError, "negative limit");
#ifdef WITH_THREAD
                PyGILState_Release(__pyx_gilstate_save);
#endif
                goto __pyx_L4_error;
            }
            __pyx_v_sum = clamp_sum(__pyx_v_values.buf, __pyx_v_values.len / 8, __pyx_v_limit);
        }
        /*finally:*/ {
            /*normal exit:*/ {
#ifdef WITH_THREAD
                __Pyx_FastGIL_Forget();
                Py_BLOCK_THREADS
#endif
                goto __pyx_L5;
            }
        __pyx_L4_error: {
#ifdef WITH_THREAD
                __Pyx_FastGIL_Forget();
                Py_BLOCK_THREADS
#endif
                goto __pyx_L1_error;
            }
        __pyx_L5:;
        }
    }
    __pyx_r = PyFloat_FromDouble(__pyx_v_sum);
__pyx_L1_error:;
    PyBuffer_Release(&__pyx_v_values);
    return __pyx_r;
}

static PyMethodDef clamp_methods[] = {
    {"total", __pyx_pw_5clamp_1total, METH_VARARGS, PyDoc_STR("total(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef clamp_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "clamp",
    .m_size = -1,
    .m_methods = clamp_methods,
};

PyMODINIT_FUNC
PyInit_clamp(void)
{
    return PyModule_Create(&clamp_module);
}
/* run: import array; assert mod.total(array.array("d", [1.0, 5.0]), 2.0) == 3.0 */
/* run: try: mod.total(b"", -1.0) */
/* run: except ValueError: pass */
