/* The GC flag is set, but tp_free is the release of objects without a header. */
#include <Python.h>

typedef struct {
    PyObject_HEAD
    PyObject *items;
} Bag;

static int
bag_traverse(PyObject *op, visitproc visit, void *arg)
{
    Py_VISIT(((Bag *)op)->items);
    return 0;
}

static int
bag_clear(PyObject *op)
{
    Py_CLEAR(((Bag *)op)->items);
    return 0;
}

static void
bag_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    bag_clear(op);
    Py_TYPE(op)->tp_free(op);
}

static PyTypeObject BagType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "bag.Bag",
    .tp_basicsize = sizeof(Bag),
    .tp_dealloc = bag_dealloc,
    .tp_traverse = bag_traverse,
    .tp_clear = bag_clear,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_new = PyType_GenericNew,
    .tp_free = PyObject_GC_Del,
};

static int
bag_exec(PyObject *m)
{
    if (PyModule_AddType(m, &BagType) < 0)
        return -1;
    return 0;
}

static PyModuleDef_Slot bag_slots[] = {
    {Py_mod_exec, bag_exec},
    {0, NULL},
};

static struct PyModuleDef bag_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "bag",
    .m_methods = NULL,
    .m_slots = bag_slots,
};

PyMODINIT_FUNC
PyInit_bag(void)
{
    return PyModuleDef_Init(&bag_module);
}
/* run: b = mod.Bag(); del b */
