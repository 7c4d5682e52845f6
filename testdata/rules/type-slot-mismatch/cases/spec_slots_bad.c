/* The same disagreement in a PyType_Spec: flags in one record, the slot in an array. */
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *target;
} Ref;

static int
ref_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(Py_TYPE(op));
    Py_VISIT(((Ref *)op)->target);
    return 0;
}

static int
ref_clear(PyObject *op)
{
    Py_CLEAR(((Ref *)op)->target);
    return 0;
}

static void
ref_dealloc(PyObject *op)
{
    PyTypeObject *type = Py_TYPE(op);

    PyObject_GC_UnTrack(op);
    ref_clear(op);
    type->tp_free(op);
    Py_DECREF(type);
}

static PyType_Slot ref_slots[] = {
    {Py_tp_dealloc, ref_dealloc},
    {Py_tp_traverse, ref_traverse},
    {Py_tp_clear, ref_clear},
    {Py_tp_new, PyType_GenericNew},
    {Py_tp_free, PyObject_Free}, // expect: type-slot-mismatch
    {0, NULL},
};

static PyType_Spec ref_spec = {
    .name = "refs.Ref",
    .basicsize = sizeof(Ref),
    .flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .slots = ref_slots,
};

static int
refs_setup(PyObject *m)
{
    PyObject *type = PyType_FromSpec(&ref_spec);

    if (type == NULL)
        return -1;
    if (PyModule_AddObject(m, "Ref", type) < 0) {
        Py_DECREF(type);
        return -1;
    }
    return 0;
}

static int
refs_exec(PyObject *m)
{
    if (refs_setup(m) < 0)
        return -1;
    return 0;
}

static PyModuleDef_Slot refs_slots[] = {
    {Py_mod_exec, refs_exec},
    {0, NULL},
};

static struct PyModuleDef refs_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "refs",
    .m_methods = NULL,
    .m_slots = refs_slots,
};

PyMODINIT_FUNC
PyInit_refs(void)
{
    return PyModuleDef_Init(&refs_module);
}
/* run: r = mod.Ref(); del r */
/* dies: bad ID|signal */
