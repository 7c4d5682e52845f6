/* A converter cleans up when it is called with NULL; one way out of the function does not call it. */
#include <Python.h>

struct row {
    Py_ssize_t n;
    double *values;
};

static int
row_converter(PyObject *object, void *pointer)
{
    struct row *row = pointer;
    double *values = row->values;

    if (object == NULL)
        goto exit;
    row->n = PySequence_Size(object);
    if (row->n < 0)
        return 0;
    values = PyMem_Calloc((size_t)row->n + 1, sizeof(double));
    if (values == NULL) {
        PyErr_NoMemory();
        goto exit;
    }
    for (Py_ssize_t i = 0; i < row->n; i++) {
        PyObject *item = PySequence_GetItem(object, i);
        if (item == NULL)
            goto exit;
        values[i] = PyFloat_AsDouble(item);
        Py_DECREF(item);
        if (values[i] == -1 && PyErr_Occurred())
            goto exit;
    }
    row->values = values;
    return 1;
exit:
    PyMem_Free(values);
    return 0;
}

static PyObject *
row_sum(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *given;
    struct row row = {0, NULL};
    double sum = 0;

    if (!PyArg_ParseTuple(args, "O:sum", &given) || !row_converter(given, &row))
        return NULL;
    for (Py_ssize_t i = 0; i < row.n; i++)
        sum += row.values[i];
    if (sum < 0) {
        PyErr_SetString(PyExc_ValueError, "a negative sum");
        return NULL; // expect: leak-on-path // because: 48
    }
    row_converter(NULL, &row);
    return PyFloat_FromDouble(sum);
}

static PyMethodDef rowmod_methods[] = {
    {"sum", row_sum, METH_VARARGS, PyDoc_STR("sum(...)")},
    {NULL, NULL, 0, NULL},
};

static int
rowmod_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot rowmod_slots[] = {
    {Py_mod_exec, rowmod_exec},
    {0, NULL},
};

static struct PyModuleDef rowmod_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "rowmod",
    .m_methods = rowmod_methods,
    .m_slots = rowmod_slots,
};

PyMODINIT_FUNC
PyInit_rowmod(void)
{
    return PyModuleDef_Init(&rowmod_module);
}
/* run: mod.sum([1.0, 2.0]) */
/* run: try: mod.sum([1.0, -2.0]) */
/* run: except ValueError: pass */
/* leaks: row_converter */
