/* posix_memalign returns an error number and gives a libc block through its first argument. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
    PyObject_HEAD
    void *block;
    Py_ssize_t size;
} Aligned;

static PyObject *
aligned_new(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(kwds))
{
    Aligned *self;
    Py_ssize_t size;
    int status;

    if (!PyArg_ParseTuple(args, "n:Aligned", &size))
        return NULL;
    self = (Aligned *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    status = posix_memalign(&self->block, 64, (size_t)size + 1);
    if (status != 0) {
        self->block = NULL;
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    memset(self->block, 0, (size_t)size + 1);
    self->size = size;
    return (PyObject *)self;
}

static void
aligned_dealloc(PyObject *op)
{
    Aligned *self = (Aligned *)op;

    PyMem_Free(self->block); // expect: family-mismatch // because: 24
    Py_TYPE(op)->tp_free(op);
}

static int
aligned_getbuffer(PyObject *op, Py_buffer *view, int flags)
{
    Aligned *self = (Aligned *)op;

    return PyBuffer_FillInfo(view, op, self->block, self->size, 0, flags);
}

static PyBufferProcs aligned_as_buffer = {
    .bf_getbuffer = aligned_getbuffer,
};

static PyTypeObject AlignedType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "aligned.Aligned",
    .tp_basicsize = sizeof(Aligned),
    .tp_dealloc = aligned_dealloc,
    .tp_as_buffer = &aligned_as_buffer,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = aligned_new,
};

static struct PyModuleDef aligned_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "aligned",
    .m_size = -1,
    .m_methods = NULL,
};

PyMODINIT_FUNC
PyInit_aligned(void)
{
    PyObject *m = PyModule_Create(&aligned_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &AlignedType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: a = mod.Aligned(100); assert len(memoryview(a)) == 100; del a */
/* dies: bad ID|signal */
