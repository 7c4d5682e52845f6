/* return out of an allow-threads block: the caller goes on without the lock. */
#include <Python.h>
#include <string.h>

typedef struct {
    PyObject_HEAD
    Py_buffer data;
    int ready;
} Haystack;

static int
haystack_contains(PyObject *op, PyObject *item)
{
    Haystack *self = (Haystack *)op;
    Py_ssize_t n;
    char *needle;

    if (PyBytes_AsStringAndSize(item, &needle, &n) < 0)
        return -1;
    if (!self->ready)
        return 0;
    int found = 0;
    Py_BEGIN_ALLOW_THREADS
    const char *p = self->data.buf, *end = p + self->data.len;
    for (; end - p >= n; p++) {
        if (memcmp(p, needle, (size_t)n) == 0) {
            found = 1;
            break;
        }
    }
    Py_END_ALLOW_THREADS
    return found;
}

static int
haystack_init(PyObject *op, PyObject *args, PyObject *Py_UNUSED(kwds))
{
    Haystack *self = (Haystack *)op;

    if (self->ready) {
        PyErr_SetString(PyExc_RuntimeError, "initialised already");
        return -1;
    }
    if (!PyArg_ParseTuple(args, "y*:Haystack", &self->data))
        return -1;
    self->ready = 1;
    return 0;
}

static void
haystack_dealloc(PyObject *op)
{
    Haystack *self = (Haystack *)op;

    if (self->ready)
        PyBuffer_Release(&self->data);
    Py_TYPE(op)->tp_free(op);
}

static PySequenceMethods haystack_as_sequence = {
    .sq_contains = haystack_contains,
};

static PyTypeObject HaystackType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "haystack.Haystack",
    .tp_basicsize = sizeof(Haystack),
    .tp_dealloc = haystack_dealloc,
    .tp_as_sequence = &haystack_as_sequence,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_init = haystack_init,
    .tp_new = PyType_GenericNew,
};

static int
haystack_exec(PyObject *m)
{
    if (PyModule_AddType(m, &HaystackType) < 0)
        return -1;
    return 0;
}

static PyModuleDef_Slot haystack_slots[] = {
    {Py_mod_exec, haystack_exec},
    {0, NULL},
};

static struct PyModuleDef haystack_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "haystack",
    .m_methods = NULL,
    .m_slots = haystack_slots,
};

PyMODINIT_FUNC
PyInit_haystack(void)
{
    return PyModuleDef_Init(&haystack_module);
}
/* run: h = mod.Haystack(b"hello"); assert b"x" not in h; assert b"ll" in h */
