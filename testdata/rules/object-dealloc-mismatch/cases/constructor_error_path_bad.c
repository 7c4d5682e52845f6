/* Only the error path of the constructor releases the new object by the wrong function. */
#include <Python.h>
#include <string.h>

typedef struct {
    PyObject_HEAD
    char *name;
} Named;

static PyTypeObject NamedType;

static PyObject *
named_make(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *name;
    size_t n;
    Named *self;

    if (!PyArg_ParseTuple(args, "s:make", &name))
        return NULL;
    self = PyObject_New(Named, &NamedType);
    if (self == NULL)
        return NULL;
    n = strlen(name);
    if (n == 0) {
        PyErr_SetString(PyExc_ValueError, "empty name");
        PyMem_Free(self); // expect: object-dealloc-mismatch // because: 21
        return NULL;
    }
    self->name = PyMem_Malloc(n + 1);
    if (self->name == NULL) {
        PyObject_Free(self);
        return PyErr_NoMemory();
    }
    memcpy(self->name, name, n + 1);
    return (PyObject *)self;
}

static void
named_dealloc(PyObject *op)
{
    PyMem_Free(((Named *)op)->name);
    PyObject_Free(op);
}

static PyTypeObject NamedType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "named.Named",
    .tp_basicsize = sizeof(Named),
    .tp_dealloc = named_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
};

static PyMethodDef named_methods[] = {
    {"make", named_make, METH_VARARGS, PyDoc_STR("make(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef named_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "named",
    .m_size = -1,
    .m_methods = named_methods,
};

PyMODINIT_FUNC
PyInit_named(void)
{
    PyObject *m = PyModule_Create(&named_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &NamedType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: mod.make("x") */
/* run: try: mod.make("") */
/* run: except ValueError: pass */
/* dies: bad ID */
