/* A constructor returns whether its array is there; a caller that has it leaves with another error. */
#include <Python.h>

struct counts {
    long *of;
    Py_ssize_t n;
};

static int
counts_init(struct counts *counts, Py_ssize_t n)
{
    counts->of = PyMem_Calloc((size_t)n, sizeof(long));
    counts->n = n;
    return counts->of != NULL;
}

static void
counts_done(struct counts *counts)
{
    PyMem_Free(counts->of);
    counts->of = NULL;
}

static PyObject *
digits_most(PyObject *Py_UNUSED(module), PyObject *args)
{
    struct counts counts;
    const char *text;
    Py_ssize_t best = 0;

    if (!PyArg_ParseTuple(args, "s:most", &text))
        return NULL;
    if (!counts_init(&counts, 10))
        return PyErr_NoMemory();
    for (; *text; text++) {
        if (*text < '0' || *text > '9') {
            counts_done(&counts);
            PyErr_SetString(PyExc_ValueError, "no digit");
            return NULL;
        }
        counts.of[*text - '0']++;
    }
    for (Py_ssize_t i = 1; i < counts.n; i++)
        if (counts.of[i] > counts.of[best])
            best = i;
    counts_done(&counts);
    return PyLong_FromSsize_t(best);
}

static PyMethodDef digits_methods[] = {
    {"most", digits_most, METH_VARARGS, PyDoc_STR("most(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef digits_module = {
    PyModuleDef_HEAD_INIT, "digits", NULL, -1, digits_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_digits(void)
{
    return PyModule_Create(&digits_module);
}
/* run: assert mod.most("12322") == 2 */
/* run: try: mod.most("1x") */
/* run: except ValueError: pass */
