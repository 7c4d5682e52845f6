/* Objects of a type that a program derives have a collector's header, also where the base's have none. */
#include <Python.h>

typedef struct {
    PyObject_HEAD
    double level;
} Gauge;

static void
gauge_dealloc(PyObject *op)
{
    PyObject_Free(op); // expect: object-dealloc-mismatch
}

static PyTypeObject GaugeType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "gauge.Gauge",
    .tp_basicsize = sizeof(Gauge),
    .tp_dealloc = gauge_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_BASETYPE,
};

static struct PyModuleDef gauge_module = {
    PyModuleDef_HEAD_INIT, "gauge", NULL, -1, NULL, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_gauge(void)
{
    PyObject *m = PyModule_Create(&gauge_module);

    if (m == NULL)
        return NULL;
    GaugeType.tp_new = PyType_GenericNew;
    if (PyModule_AddType(m, &GaugeType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: D = type("D", (mod.Gauge,), {}); d = D(); del d */
/* dies: bad ID|signal */
