/* A failing tp_init releases what a field holds and clears it: tp_dealloc finds nothing. */
#include <Python.h>

typedef struct {
    PyObject_HEAD
    double *levels;
    Py_ssize_t count;
} Scale;

static int
Scale_init(Scale *self, PyObject *args, PyObject *Py_UNUSED(kwds))
{
    PyObject *levels;

    if (!PyArg_ParseTuple(args, "O!:Scale", &PyList_Type, &levels))
        return -1;
    if (self->levels != NULL) {
        PyErr_SetString(PyExc_RuntimeError, "made already");
        return -1;
    }
    self->count = PyList_GET_SIZE(levels);
    self->levels = PyMem_New(double, self->count + 1);
    if (self->levels == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (Py_ssize_t i = 0; i < self->count; i++) {
        self->levels[i] = PyFloat_AsDouble(PyList_GET_ITEM(levels, i));
        if (PyErr_Occurred()) {
            PyMem_Free(self->levels);
            self->levels = NULL;
            return -1;
        }
    }
    return 0;
}

static void
Scale_dealloc(Scale *self)
{
    PyMem_Free(self->levels);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

/* Of those that only C makes. */
static void
Ruler_dealloc(Scale *self)
{
    PyMem_Free(self->levels);
    PyObject_Free(self);
}

static PyObject *
Scale_sum(Scale *self, PyObject *Py_UNUSED(ignored))
{
    double sum = 0;

    for (Py_ssize_t i = 0; self->levels != NULL && i < self->count; i++)
        sum += self->levels[i];
    return PyFloat_FromDouble(sum);
}

static PyMethodDef Scale_methods[] = {
    {"sum", (PyCFunction)Scale_sum, METH_NOARGS, PyDoc_STR("sum()")},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject Scale_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "scales.Scale",
    .tp_basicsize = sizeof(Scale),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)Scale_init,
    .tp_dealloc = (destructor)Scale_dealloc,
    .tp_methods = Scale_methods,
};

static PyTypeObject Ruler_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "scales.Ruler",
    .tp_basicsize = sizeof(Scale),
    .tp_flags = Py_TPFLAGS_DEFAULT | Py_TPFLAGS_DISALLOW_INSTANTIATION,
    .tp_dealloc = (destructor)Ruler_dealloc,
    .tp_methods = Scale_methods,
};

static struct PyModuleDef scales_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "scales",
    .m_size = -1,
};

PyMODINIT_FUNC
PyInit_scales(void)
{
    PyObject *module = PyModule_Create(&scales_module);

    if (module != NULL &&
        (PyModule_AddType(module, &Scale_Type) < 0 || PyModule_AddType(module, &Ruler_Type) < 0))
        Py_CLEAR(module);
    return module;
}
/* run: assert mod.Scale([1.0, 2.5]).sum() == 3.5 */
/* run: try: mod.Scale([1.0, "x"]) */
/* run: except TypeError: pass */
