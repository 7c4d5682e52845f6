/* The array in a field of an object is itself no object. */
#include <Python.h>

typedef struct {
    PyObject_HEAD
    long *values;
    Py_ssize_t used, room;
} Stack;

static PyObject *
stack_push(PyObject *op, PyObject *arg)
{
    Stack *self = (Stack *)op;
    long value = PyLong_AsLong(arg);

    if (value == -1 && PyErr_Occurred())
        return NULL;
    if (self->used == self->room) {
        size_t room = 2 * (size_t)self->room + 4;
        long *values = PyObject_Realloc(self->values, room * sizeof(*values)); // expect: object-domain-misuse
        if (values == NULL)
            return PyErr_NoMemory();
        self->values = values;
        self->room = (Py_ssize_t)room;
    }
    self->values[self->used++] = value;
    Py_RETURN_NONE;
}

static void
stack_dealloc(PyObject *op)
{
    PyObject_Free(((Stack *)op)->values);
    Py_TYPE(op)->tp_free(op);
}

static PyMethodDef stack_methods[] = {
    {"push", stack_push, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject StackType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "stackobj.Stack",
    .tp_basicsize = sizeof(Stack),
    .tp_dealloc = stack_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = stack_methods,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef stackobj_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "stackobj",
    .m_size = -1,
    .m_methods = NULL,
};

PyMODINIT_FUNC
PyInit_stackobj(void)
{
    PyObject *m = PyModule_Create(&stackobj_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &StackType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: s = mod.Stack(); s.push(1); del s */
/* from facts: wrong on free-threaded builds, of which none is at hand */
