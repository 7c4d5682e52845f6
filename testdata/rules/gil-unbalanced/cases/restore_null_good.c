/* Released only for large input, restored always: for small input there is no state to restore. */
#include <Python.h>
#include <stdint.h>

static PyObject *
parity_of(PyObject *Py_UNUSED(module), PyObject *arg)
{
    PyThreadState *ts = NULL;
    uint8_t parity = 0;
    Py_buffer view;

    if (PyObject_GetBuffer(arg, &view, PyBUF_SIMPLE) < 0)
        return NULL;
    if (view.len > 4096)
        ts = PyEval_SaveThread();
    for (Py_ssize_t i = 0; i < view.len; i++)
        parity ^= ((uint8_t *)view.buf)[i];
    if (ts != NULL)
        PyEval_RestoreThread(ts);
    PyBuffer_Release(&view);
    return PyLong_FromLong(parity);
}

static PyMethodDef parity_methods[] = {
    {"of", parity_of, METH_O, PyDoc_STR("of(...)")},
    {NULL, NULL, 0, NULL},
};

static int
parity_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot parity_slots[] = {
    {Py_mod_exec, parity_exec},
    {0, NULL},
};

static struct PyModuleDef parity_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "parity",
    .m_methods = parity_methods,
    .m_slots = parity_slots,
};

PyMODINIT_FUNC
PyInit_parity(void)
{
    return PyModuleDef_Init(&parity_module);
}
/* run: mod.of(b"x" * 5000); mod.of(b"abc") */
