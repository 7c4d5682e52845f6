/* The bulk of an object is libc memory: tracemalloc shows the object and not its data. */
#include <Python.h>
#include <stdlib.h>

typedef struct {
    PyObject_HEAD
    unsigned char *cells;
    Py_ssize_t size;
} Bitmap;

static PyObject *
bitmap_new(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(kwds))
{
    Py_ssize_t size;
    Bitmap *self;

    if (!PyArg_ParseTuple(args, "n:Bitmap", &size))
        return NULL;
    if (size < 1)
        return PyErr_Format(PyExc_ValueError, "size %zd", size);
    self = (Bitmap *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    self->cells = calloc((size_t)size, 1); // expect: untraced-allocation
    if (self->cells == NULL) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    self->size = size;
    return (PyObject *)self;
}

static void
bitmap_dealloc(PyObject *op)
{
    free(((Bitmap *)op)->cells);
    Py_TYPE(op)->tp_free(op);
}

static Py_ssize_t
bitmap_length(PyObject *op)
{
    return ((Bitmap *)op)->size;
}

static PySequenceMethods bitmap_as_sequence = {
    .sq_length = bitmap_length,
};

static PyTypeObject BitmapType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "bits.Bitmap",
    .tp_basicsize = sizeof(Bitmap),
    .tp_dealloc = bitmap_dealloc,
    .tp_as_sequence = &bitmap_as_sequence,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = bitmap_new,
};

static struct PyModuleDef bits_module = {
    PyModuleDef_HEAD_INIT, "bits", NULL, -1, NULL, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_bits(void)
{
    PyObject *m = PyModule_Create(&bits_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &BitmapType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: import tracemalloc */
/* run: tracemalloc.start(); b = mod.Bitmap(10000000); assert tracemalloc.get_traced_memory()[0] > 9000000 */
/* raises: AssertionError */
