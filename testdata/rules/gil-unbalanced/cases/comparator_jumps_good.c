/* A comparator that the C library calls gives up by a jump, out of the region around the sort. */
#include <Python.h>
#include <setjmp.h>
#include <stdlib.h>

static jmp_buf give_up;

static int
compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;

    if (x != x || y != y)
        longjmp(give_up, 1);
    return (x > y) - (x < y);
}

static PyObject *
sorted_doubles(PyObject *self, PyObject *args)
{
    PyThreadState *volatile ts = NULL;
    Py_buffer b;

    if (!PyArg_ParseTuple(args, "w*:sorted_doubles", &b))
        return NULL;
    if (setjmp(give_up)) {
        PyEval_RestoreThread(ts);
        PyBuffer_Release(&b);
        return PyErr_Format(PyExc_ValueError, "not a number");
    }
    ts = PyEval_SaveThread();
    qsort(b.buf, (size_t)b.len / sizeof(double), sizeof(double), compare);
    PyEval_RestoreThread(ts);
    PyBuffer_Release(&b);
    Py_RETURN_NONE;
}

static PyMethodDef sorter_methods[] = {
    {"sorted_doubles", sorted_doubles, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef sorter_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "sorter",
    .m_size = -1,
    .m_methods = sorter_methods,
};

PyMODINIT_FUNC
PyInit_sorter(void)
{
    return PyModule_Create(&sorter_module);
}

/* run: import array; a = array.array("d", [2.0, 1.0]); mod.sorted_doubles(a); assert a[0] == 1.0 */
/* run: exec("try: mod.sorted_doubles(array.array('d', [float('nan'), 1.0]))\nexcept ValueError: pass") */
