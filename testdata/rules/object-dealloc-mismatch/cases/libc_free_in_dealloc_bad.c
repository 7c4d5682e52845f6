/* The dealloc function of an object from PyObject_New gives it to free(). */
#include <Python.h>
#include <stdlib.h>

typedef struct {
    PyObject_HEAD
    int year, month, day;
} Date;

static PyTypeObject DateType;

static void
date_dealloc(PyObject *op)
{
    free(op); // expect: object-dealloc-mismatch
}

static PyObject *
date_str(PyObject *op)
{
    Date *d = (Date *)op;
    return PyUnicode_FromFormat("%04d-%02d-%02d", d->year, d->month, d->day);
}

static PyTypeObject DateType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "date.Date",
    .tp_basicsize = sizeof(Date),
    .tp_dealloc = date_dealloc,
    .tp_str = date_str,
    .tp_flags = Py_TPFLAGS_DEFAULT,
};

static PyObject *
date_make(PyObject *Py_UNUSED(module), PyObject *args)
{
    int year, month, day;
    Date *d;

    if (!PyArg_ParseTuple(args, "iii:make", &year, &month, &day))
        return NULL;
    d = PyObject_New(Date, &DateType);
    if (d == NULL)
        return NULL;
    d->year = year;
    d->month = month;
    d->day = day;
    return (PyObject *)d;
}

static PyMethodDef date_methods[] = {
    {"make", date_make, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef date_module = {
    PyModuleDef_HEAD_INIT, "date", NULL, -1, date_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_date(void)
{
    PyObject *m = PyModule_Create(&date_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &DateType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: assert str(mod.make(2024, 2, 29)) == "2024-02-29" */
/* dies: invalid pointer|signal */
