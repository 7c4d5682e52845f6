/* A type that the collector tracks. */
#include <Python.h>

void node_dealloc(PyObject *op);
int node_traverse(PyObject *op, visitproc visit, void *arg);
int node_clear(PyObject *op);

PyTypeObject NodeType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "graph.Node",
    .tp_basicsize = sizeof(PyObject) + sizeof(PyObject *),
    .tp_dealloc = node_dealloc,
    .tp_traverse = node_traverse,
    .tp_clear = node_clear,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_HAVE_GC,
    .tp_new = PyType_GenericNew,
    .tp_free = PyObject_Free, // expect: type-slot-mismatch
};
