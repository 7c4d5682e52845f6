/* The error path frees a field of the object just made, then drops its only reference: tp_dealloc frees it again. */
#include <Python.h>

typedef struct {
    PyObject_HEAD
    Py_ssize_t n;
    double *xs;
} Polyline;

static void
polyline_dealloc(Polyline *line)
{
    PyMem_Free(line->xs);
    PyObject_Free(line);
}

static PyTypeObject Polyline_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "polyline.Polyline",
    .tp_basicsize = sizeof(Polyline),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = (destructor)polyline_dealloc,
};

static int
read_points(Polyline *line, PyObject *points)
{
    for (Py_ssize_t i = 0; i < line->n; i++) {
        PyObject *item = PySequence_GetItem(points, i);
        if (item == NULL)
            return -1;
        line->xs[i] = PyFloat_AsDouble(item);
        Py_DECREF(item);
        if (PyErr_Occurred())
            return -1;
    }
    return 0;
}

static PyObject *
polyline_read(PyObject *Py_UNUSED(module), PyObject *points)
{
    Py_ssize_t n = PySequence_Size(points);
    Polyline *line;

    if (n < 0)
        return NULL;
    line = PyObject_New(Polyline, &Polyline_Type);
    if (line == NULL)
        return NULL;
    line->n = n;
    line->xs = PyMem_New(double, n + 1);
    if (line->xs == NULL) {
        Py_DECREF(line);
        return PyErr_NoMemory();
    }
    if (read_points(line, points) < 0) {
        PyMem_Free(line->xs);
        Py_DECREF(line); // expect: double-free // because: 52, 58
        return NULL;
    }
    return (PyObject *)line;
}

static PyMethodDef polyline_methods[] = {
    {"read", polyline_read, METH_O, PyDoc_STR("read(points)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef polyline_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "polyline",
    .m_size = -1,
    .m_methods = polyline_methods,
};

PyMODINIT_FUNC
PyInit_polyline(void)
{
    if (PyType_Ready(&Polyline_Type) < 0)
        return NULL;
    return PyModule_Create(&polyline_module);
}
/* run: mod.read([1, 2.5]) */
/* run: try: mod.read([1, "x"]) */
/* run: except TypeError: pass */
/* asan: attempting double-free */
