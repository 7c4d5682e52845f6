/* asprintf gives a libc block through its first argument. */
#include <Python.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct {
    PyObject_HEAD
    double re, im;
} Point;

static PyObject *
point_str(PyObject *op)
{
    Point *self = (Point *)op;
    char *text = NULL;
    PyObject *result;

    if (asprintf(&text, "(%.3g, %.3g)", self->re, self->im) < 0)
        return PyErr_NoMemory();
    result = PyUnicode_FromString(text);
    PyMem_Free(text); // expect: family-mismatch // because: 18
    return result;
}

static int
point_init(PyObject *op, PyObject *args, PyObject *Py_UNUSED(kwds))
{
    Point *self = (Point *)op;

    return PyArg_ParseTuple(args, "dd:Point", &self->re, &self->im) ? 0 : -1;
}

static PyTypeObject PointType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "point.Point",
    .tp_basicsize = sizeof(Point),
    .tp_str = point_str,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_init = point_init,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef point_module = {
    PyModuleDef_HEAD_INIT, "point", NULL, -1, NULL, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_point(void)
{
    PyObject *m = PyModule_Create(&point_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &PointType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: assert str(mod.Point(1, 2.5)) == "(1, 2.5)" */
/* dies: bad ID|signal */
