/* What a column holds is asked twice, of a helper that only reads: taken back under the other answer. */
#include <Python.h>

typedef struct {
    unsigned flags;
    Py_ssize_t rows;
    double *cells;
} Column;

enum { COLUMN_OBJECTS = 1, COLUMN_SPARSE = 4 };

static unsigned column_flags(const Column *column)
{
    if (column->rows < 0)
        return COLUMN_OBJECTS;
    return column->flags & ~COLUMN_SPARSE;
}

static int column_has_objects(const Column *column)
{
    return (column_flags(column) & COLUMN_OBJECTS) != 0;
}

static double column_sum(const Column *column)
{
    double sum = 0;

    for (Py_ssize_t i = 0; i < column->rows; i++)
        sum += column->cells[i];
    return sum;
}

static PyObject *
sum_column(PyObject *Py_UNUSED(module), PyObject *arg)
{
    double cell = PyFloat_AsDouble(arg), sum;
    Column own = {.rows = 1, .cells = &cell}, *column = &own;
    PyThreadState *saved = NULL;

    if (PyErr_Occurred())
        return NULL;
    if (!column_has_objects(column))
        saved = PyEval_SaveThread();
    sum = column_sum(column);
    if (column_has_objects(column))
        PyEval_RestoreThread(saved); // expect: gil-unbalanced
    return PyFloat_FromDouble(sum); // expect: api-without-gil, gil-unbalanced // because: 43
}

static PyMethodDef tallies_methods[] = {
    {"sum", sum_column, METH_O, PyDoc_STR("sum(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef tallies_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "tallies",
    .m_size = -1,
    .m_methods = tallies_methods,
};

PyMODINIT_FUNC
PyInit_tallies(void)
{
    return PyModule_Create(&tallies_module);
}

/* run: assert mod.sum(1.5) == 1.5 */
/* dies: signal 11|without holding the GIL|PyThreadState_Get */
