/* The type brings its own tp_alloc over PyMem, but leaves tp_free to the default. */
#include <Python.h>
#include <string.h>

typedef struct {
    PyObject_HEAD
    int kind;
} Atom;

static PyObject *
atom_alloc(PyTypeObject *type, Py_ssize_t Py_UNUSED(items))
{
    PyObject *op = PyObject_Malloc((size_t)type->tp_basicsize); // the domain of tp_free

    if (op == NULL)
        return PyErr_NoMemory();
    memset(op, 0, (size_t)type->tp_basicsize);
    return PyObject_Init(op, type);
}

static PyTypeObject AtomType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "atom.Atom",
    .tp_basicsize = sizeof(Atom),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_alloc = atom_alloc,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef atom_module = {
    PyModuleDef_HEAD_INIT, "atom", NULL, -1, NULL, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_atom(void)
{
    PyObject *m = PyModule_Create(&atom_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &AtomType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: a = mod.Atom(); del a */
