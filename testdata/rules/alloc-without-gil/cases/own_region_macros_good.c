/* The project's own begin and end macros, one of them with a condition inside. */
#include <Python.h>
#include <stdint.h>

#define LENGTHY 1000
#define CALC_BEGIN(n)                                                        \
    {                                                                        \
        PyThreadState *calc_state = (n) > LENGTHY ? PyEval_SaveThread() : NULL;
#define CALC_END                                                             \
        if (calc_state != NULL)                                              \
            PyEval_RestoreThread(calc_state);                                \
    }

static PyObject *
runsum_of(PyObject *Py_UNUSED(module), PyObject *arg)
{
    uint64_t *sums = NULL;
    PyObject *result;
    Py_buffer view;

    if (PyObject_GetBuffer(arg, &view, PyBUF_SIMPLE) < 0)
        return NULL;
    sums = PyMem_New(uint64_t, view.len + 1);
    CALC_BEGIN(view.len)
    if (sums != NULL) {
        sums[0] = 0;
        for (Py_ssize_t i = 0; i < view.len; i++)
            sums[i + 1] = sums[i] + ((uint8_t *)view.buf)[i];
    }
    CALC_END
    if (sums == NULL) {
        PyBuffer_Release(&view);
        return PyErr_NoMemory();
    }
    result = PyLong_FromUnsignedLongLong(sums[view.len]);
    PyMem_Free(sums);
    PyBuffer_Release(&view);
    return result;
}

static PyMethodDef runsum_methods[] = {
    {"of", runsum_of, METH_O, PyDoc_STR("of(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef runsum_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "runsum",
    .m_size = -1,
    .m_methods = runsum_methods,
};

PyMODINIT_FUNC
PyInit_runsum(void)
{
    return PyModule_Create(&runsum_module);
}
/* run: assert mod.of(b"\1\2") == 3; assert mod.of(b"\1" * 2000) == 2000 */
