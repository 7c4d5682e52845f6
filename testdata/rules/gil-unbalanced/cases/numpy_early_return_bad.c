/* An early return between NPY_BEGIN_THREADS and NPY_END_THREADS. */
#define NPY_NO_DEPRECATED_API NPY_1_7_API_VERSION
#include <Python.h>
#include <numpy/arrayobject.h>

typedef struct {
    PyObject_HEAD
    PyArrayObject *array; /* of double, contiguous, never replaced */
} Level;

/* x in level: whether some value is above x. */
static int
level_contains(PyObject *op, PyObject *item)
{
    PyArrayObject *array = ((Level *)op)->array;
    const double *x = PyArray_DATA(array);
    npy_intp n = PyArray_SIZE(array);
    double limit = PyFloat_AsDouble(item);
    NPY_BEGIN_THREADS_DEF;

    if (limit == -1.0 && PyErr_Occurred())
        return -1;
    NPY_BEGIN_THREADS;
    for (npy_intp i = 0; i < n; i++) {
        if (x[i] > limit)
            return 1; // expect: gil-unbalanced // because: 23
    }
    NPY_END_THREADS;
    return 0;
}

static PyObject *
level_new(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(kwds))
{
    PyObject *object;
    PyArrayObject *array;
    Level *self;

    if (!PyArg_ParseTuple(args, "O:Level", &object))
        return NULL;
    array = (PyArrayObject *)PyArray_FROM_OTF(object, NPY_DOUBLE, NPY_ARRAY_IN_ARRAY);
    if (array == NULL)
        return NULL;
    self = (Level *)type->tp_alloc(type, 0);
    if (self == NULL)
        Py_DECREF(array);
    else
        self->array = array;
    return (PyObject *)self;
}

static void
level_dealloc(PyObject *op)
{
    Py_XDECREF(((Level *)op)->array);
    Py_TYPE(op)->tp_free(op);
}

static PySequenceMethods level_as_sequence = {
    .sq_contains = level_contains,
};

static PyTypeObject LevelType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "level.Level",
    .tp_basicsize = sizeof(Level),
    .tp_dealloc = level_dealloc,
    .tp_as_sequence = &level_as_sequence,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = level_new,
};

static struct PyModuleDef level_module = {
    PyModuleDef_HEAD_INIT, "level", NULL, -1, NULL, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_level(void)
{
    import_array();
    PyObject *m = PyModule_Create(&level_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &LevelType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: l = mod.Level([1.0, 2.0]); assert 5.0 not in l; assert 1.5 in l */
/* dies: signal|Fatal Python error */
