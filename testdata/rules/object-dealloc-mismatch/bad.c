/* The end of an object that the collector tracks. */
#include <Python.h>

int node_traverse(PyObject *op, visitproc visit, void *arg);
int node_clear(PyObject *op);

static void node_dealloc(PyObject *op)
{
    PyObject_GC_UnTrack(op);
    node_clear(op);
    PyObject_Free(op); // expect: object-dealloc-mismatch
}

PyTypeObject NodeType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "graph.Node",
    .tp_basicsize = sizeof(PyObject) + sizeof(PyObject *),
    .tp_dealloc = node_dealloc,
    .tp_traverse = node_traverse,
    .tp_clear = node_clear,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_new = PyType_GenericNew,
};
