/* Rows of a table: each is a struct in an array in a struct, with a text of its own. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

struct row {
    char *label;
    double value;
};

typedef struct {
    PyObject_HEAD
    struct {
        struct row *at;
        Py_ssize_t n;
    } rows;
} Ledger;

static PyObject *
ledger_add(PyObject *op, PyObject *args)
{
    Ledger *self = (Ledger *)op;
    const char *label;
    struct row *more, *row;
    double value;

    if (!PyArg_ParseTuple(args, "sd:add", &label, &value))
        return NULL;
    more = PyMem_Realloc(self->rows.at, (size_t)(self->rows.n + 1) * sizeof(*more));
    if (more == NULL)
        return PyErr_NoMemory();
    self->rows.at = more;
    row = &more[self->rows.n];
    row->label = strdup(label);
    if (row->label == NULL)
        return PyErr_NoMemory();
    row->value = value;
    self->rows.n++;
    Py_RETURN_NONE;
}

static void
ledger_dealloc(PyObject *op)
{
    Ledger *self = (Ledger *)op;

    for (Py_ssize_t i = 0; i < self->rows.n; i++)
        PyMem_Free(self->rows.at[i].label); // expect: family-mismatch // because: 34
    PyMem_Free(self->rows.at);
    Py_TYPE(op)->tp_free(op);
}

static PyMethodDef ledger_methods[] = {
    {"add", ledger_add, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject LedgerType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "ledger.Ledger",
    .tp_basicsize = sizeof(Ledger),
    .tp_dealloc = ledger_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = ledger_methods,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef ledger_module = {
    PyModuleDef_HEAD_INIT, "ledger", NULL, -1, NULL, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_ledger(void)
{
    PyObject *m = PyModule_Create(&ledger_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &LedgerType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: l = mod.Ledger(); l.add("a", 1.0); l.add("b", 2.0); del l */
/* dies: bad ID|signal */
