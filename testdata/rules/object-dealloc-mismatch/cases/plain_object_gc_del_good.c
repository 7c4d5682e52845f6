/* An object without a collector header goes to PyObject_GC_Del, which unlinks what stands before it. */
#include <Python.h>

typedef struct {
    PyObject_HEAD
    unsigned long long bits;
} Flags;

static PyTypeObject FlagsType;

static void
flags_dealloc(PyObject *op)
{
    PyObject_Free(op);
}

static PyObject *
flags_or(PyObject *a, PyObject *b)
{
    Flags *sum;

    if (!Py_IS_TYPE(a, &FlagsType) || !Py_IS_TYPE(b, &FlagsType))
        Py_RETURN_NOTIMPLEMENTED;
    sum = PyObject_New(Flags, &FlagsType);
    if (sum != NULL)
        sum->bits = ((Flags *)a)->bits | ((Flags *)b)->bits;
    return (PyObject *)sum;
}

static PyNumberMethods flags_as_number = {
    .nb_or = flags_or,
};

static PyTypeObject FlagsType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "flags.Flags",
    .tp_basicsize = sizeof(Flags),
    .tp_dealloc = flags_dealloc,
    .tp_as_number = &flags_as_number,
    .tp_flags = Py_TPFLAGS_DEFAULT,
};

static PyObject *
flags_bit(PyObject *Py_UNUSED(module), PyObject *arg)
{
    unsigned long bit = PyLong_AsUnsignedLong(arg);
    Flags *f;

    if (PyErr_Occurred())
        return NULL;
    f = PyObject_New(Flags, &FlagsType);
    if (f != NULL)
        f->bits = 1ull << (bit & 63);
    return (PyObject *)f;
}

static PyMethodDef flags_methods[] = {
    {"bit", flags_bit, METH_O, PyDoc_STR("bit(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef flags_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "flags",
    .m_size = -1,
    .m_methods = flags_methods,
};

PyMODINIT_FUNC
PyInit_flags(void)
{
    PyObject *m = PyModule_Create(&flags_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &FlagsType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: a = mod.bit(1) | mod.bit(2); del a */
