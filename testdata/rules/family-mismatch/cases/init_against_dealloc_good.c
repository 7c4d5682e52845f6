/* tp_init fills a field by malloc, tp_dealloc releases it by PyMem_Free. */
#include <Python.h>
#include <stdlib.h>

typedef struct {
    PyObject_HEAD
    double *ring;
    Py_ssize_t size, next;
    double sum;
} Average;

static int
average_init(PyObject *op, PyObject *args, PyObject *Py_UNUSED(kwds))
{
    Average *self = (Average *)op;
    Py_ssize_t size;
    double *ring;

    if (!PyArg_ParseTuple(args, "n:Average", &size))
        return -1;
    if (size < 1 || self->ring != NULL) {
        PyErr_SetString(PyExc_ValueError, "bad size, or initialised already");
        return -1;
    }
    ring = PyMem_Calloc((size_t)size, sizeof(*ring));
    if (ring == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    self->ring = ring;
    self->size = size;
    return 0;
}

static void
average_dealloc(PyObject *op)
{
    Average *self = (Average *)op;

    PyMem_Free(self->ring);
    Py_TYPE(op)->tp_free(op);
}

static PyObject *
average_push(PyObject *op, PyObject *arg)
{
    Average *self = (Average *)op;
    double x = PyFloat_AsDouble(arg);

    if (x == -1.0 && PyErr_Occurred())
        return NULL;
    if (self->ring == NULL)
        return PyErr_Format(PyExc_RuntimeError, "not initialised");
    self->sum += x - self->ring[self->next];
    self->ring[self->next] = x;
    self->next = (self->next + 1) % self->size;
    return PyFloat_FromDouble(self->sum / (double)self->size);
}

static PyMethodDef average_methods[] = {
    {"push", average_push, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject AverageType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "average.Average",
    .tp_basicsize = sizeof(Average),
    .tp_dealloc = average_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = average_methods,
    .tp_init = average_init,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef average_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "average",
    .m_size = -1,
    .m_methods = NULL,
};

PyMODINIT_FUNC
PyInit_average(void)
{
    PyObject *m = PyModule_Create(&average_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &AverageType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: a = mod.Average(2); a.push(1.0); assert a.push(3.0) == 2.0; del a */
