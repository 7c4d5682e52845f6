/* The helper raises in one of three modes, and in that one the GIL is kept. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>

enum outside { OUTSIDE_CLIPS, OUTSIDE_RAISES, OUTSIDE_COUNTS };

static Py_ssize_t
bin_of(unsigned char number, Py_ssize_t nbins, enum outside outside)
{
    if (number < nbins)
        return number;
    if (outside == OUTSIDE_CLIPS)
        return nbins - 1;
    if (outside != OUTSIDE_RAISES)
        return nbins;
    PyErr_Format(PyExc_ValueError, "%d is in no bin", number);
    return -1;
}

static int
bins_fill(const Py_buffer *numbers, Py_ssize_t *bins, Py_ssize_t nbins, enum outside outside)
{
    PyThreadState *away = NULL;
    int status = 0;

    if (outside != OUTSIDE_RAISES && numbers->len > 500)
        away = PyEval_SaveThread();
    for (Py_ssize_t i = 0; i < numbers->len && status == 0; i++) {
        Py_ssize_t bin = bin_of(((unsigned char *)numbers->buf)[i], nbins, outside);
        if (bin < 0)
            status = -1;
        else
            bins[bin]++;
    }
    if (away != NULL)
        PyEval_RestoreThread(away);
    return status;
}

static PyObject *
bins_count(PyObject *Py_UNUSED(module), PyObject *args)
{
    Py_buffer numbers;
    int outside;
    Py_ssize_t bins[5] = {0};
    PyObject *count = NULL;

    if (!PyArg_ParseTuple(args, "y*i", &numbers, &outside))
        return NULL;
    if (bins_fill(&numbers, bins, 4, (enum outside)outside) == 0)
        count = Py_BuildValue("nnnnn", bins[0], bins[1], bins[2], bins[3], bins[4]);
    PyBuffer_Release(&numbers);
    return count;
}

static PyMethodDef bins_methods[] = {
    {"count", bins_count, METH_VARARGS, PyDoc_STR("count(numbers, outside)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef bins_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "bins",
    .m_size = -1,
    .m_methods = bins_methods,
};

PyMODINIT_FUNC
PyInit_bins(void)
{
    return PyModule_Create(&bins_module);
}
/* run: assert mod.count(b"\0\3\7", 0) == (1, 0, 0, 2, 0) */
/* run: try: mod.count(b"\0\3\7" * 200, 1) */
/* run: except ValueError: pass */
