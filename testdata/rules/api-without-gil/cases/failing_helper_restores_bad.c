/* A helper that finds an index out of range has the saved state to take the lock back with, and does not. */
#include <Python.h>

static int check_index(Py_ssize_t *index, Py_ssize_t size, PyThreadState **save)
{
    if (*index < -size || *index >= size) {
        PyErr_Format(PyExc_IndexError, "index %zd", *index); // expect: api-without-gil
        return -1;
    }
    if (*index < 0)
        *index += size;
    return 0;
}

static PyObject *
gather(PyObject *Py_UNUSED(module), PyObject *arg)
{
    Py_buffer view;
    PyThreadState *save = NULL;
    Py_ssize_t total = 0, n;

    if (PyObject_GetBuffer(arg, &view, PyBUF_SIMPLE) < 0)
        return NULL;
    n = view.len;
    if (n > 500)
        save = PyEval_SaveThread();
    for (Py_ssize_t i = 0; i < n; i++) {
        Py_ssize_t at = ((signed char *)view.buf)[i];
        if (check_index(&at, 100, &save) < 0)
            goto fail;
        total += at;
    }
    if (save)
        PyEval_RestoreThread(save);
    PyBuffer_Release(&view);
    return PyLong_FromSsize_t(total);
fail:
    if (save)
        PyEval_RestoreThread(save);
    PyBuffer_Release(&view);
    return NULL;
}

static PyMethodDef gatherer_methods[] = {
    {"gather", gather, METH_O, PyDoc_STR("gather(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef gatherer_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "gatherer",
    .m_size = -1,
    .m_methods = gatherer_methods,
};

PyMODINIT_FUNC
PyInit_gatherer(void)
{
    return PyModule_Create(&gatherer_module);
}

/* run: try: mod.gather(b"\x7f" * 501) */
/* run: except IndexError: pass */
/* dies: signal 11|without holding the GIL|PyThreadState_Get */
