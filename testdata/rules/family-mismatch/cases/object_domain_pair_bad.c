/* Both domains of pymalloc look alike until the debug hooks are on. */
#include <Python.h>
#include <string.h>

typedef struct {
    PyObject_HEAD
    unsigned char *bits;
    Py_ssize_t count;
} BitSet;

static PyObject *
bitset_new(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(kwds))
{
    Py_ssize_t count;
    unsigned char *bits;
    BitSet *self;

    if (!PyArg_ParseTuple(args, "n:BitSet", &count))
        return NULL;
    if (count < 1)
        return PyErr_Format(PyExc_ValueError, "%zd bits", count);
    bits = PyMem_Calloc((size_t)(count + 7) / 8, 1);
    if (bits == NULL)
        return PyErr_NoMemory();
    self = (BitSet *)type->tp_alloc(type, 0);
    if (self == NULL) {
        PyMem_Free(bits);
        return NULL;
    }
    self->bits = bits;
    self->count = count;
    return (PyObject *)self;
}

static void
bitset_dealloc(PyObject *op)
{
    BitSet *self = (BitSet *)op;

    PyObject_Free(self->bits); // expect: family-mismatch // because: 22
    Py_TYPE(op)->tp_free(op);
}

static PyObject *
bitset_add(PyObject *op, PyObject *arg)
{
    BitSet *self = (BitSet *)op;
    Py_ssize_t i = PyNumber_AsSsize_t(arg, PyExc_IndexError);

    if (i == -1 && PyErr_Occurred())
        return NULL;
    if (i < 0 || i >= self->count)
        return PyErr_Format(PyExc_IndexError, "bit %zd of %zd", i, self->count);
    self->bits[i / 8] |= (unsigned char)(1 << i % 8);
    Py_RETURN_NONE;
}

static PyMethodDef bitset_methods[] = {
    {"add", bitset_add, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject BitSetType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "bitset.BitSet",
    .tp_basicsize = sizeof(BitSet),
    .tp_dealloc = bitset_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = bitset_methods,
    .tp_new = bitset_new,
};

static struct PyModuleDef bitset_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "bitset",
    .m_size = -1,
    .m_methods = NULL,
};

PyMODINIT_FUNC
PyInit_bitset(void)
{
    PyObject *m = PyModule_Create(&bitset_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &BitSetType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: b = mod.BitSet(9); b.add(8); del b */
/* dies: bad ID|signal */
