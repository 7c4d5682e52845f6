/* An object from PyObject_GC_New has a header in front of it; PyObject_Free does not know that. */
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *first, *second;
} Couple;

static PyTypeObject CoupleType;

static int
couple_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(((Couple *)op)->first);
    Py_VISIT(((Couple *)op)->second);
    return 0;
}

static int
couple_clear(PyObject *op)
{
    Py_CLEAR(((Couple *)op)->first);
    Py_CLEAR(((Couple *)op)->second);
    return 0;
}

static void
couple_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    couple_clear(op);
    PyObject_Free(op); // expect: object-dealloc-mismatch
}

static PyTypeObject CoupleType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "couple.Couple",
    .tp_basicsize = sizeof(Couple),
    .tp_dealloc = couple_dealloc,
    .tp_traverse = couple_traverse,
    .tp_clear = couple_clear,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
};

static PyObject *
couple_of(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *first, *second;
    Couple *c;

    if (!PyArg_ParseTuple(args, "OO:of", &first, &second))
        return NULL;
    c = PyObject_GC_New(Couple, &CoupleType);
    if (c == NULL)
        return NULL;
    c->first = Py_NewRef(first);
    c->second = Py_NewRef(second);
    PyObject_GC_Track(c);
    return (PyObject *)c;
}

static PyMethodDef couple_methods[] = {
    {"of", couple_of, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef couple_module = {
    PyModuleDef_HEAD_INIT, "couple", NULL, -1, couple_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_couple(void)
{
    PyObject *m = PyModule_Create(&couple_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &CoupleType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: c = mod.of(1, []); del c */
/* dies: bad ID|signal */
