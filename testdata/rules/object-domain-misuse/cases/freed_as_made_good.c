/* A module makes objects of a type without a collector by hand and says how they are freed: from the wrong memory. */
#include <Python.h>
#include <stdlib.h>

typedef struct {
    PyObject_HEAD
    double value;
} cell;

static void
cell_dealloc(PyObject *self)
{
    Py_TYPE(self)->tp_free(self);
}

static PyTypeObject cell_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "cellmod.cell",
    .tp_basicsize = sizeof(cell),
    .tp_dealloc = cell_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_free = PyObject_Free,
};

static PyObject *
cell_make(PyObject *Py_UNUSED(module), PyObject *args)
{
    double value;
    cell *made;

    if (!PyArg_ParseTuple(args, "d:make", &value))
        return NULL;
    made = PyObject_Calloc(1, sizeof(*made));
    if (made == NULL)
        return PyErr_NoMemory();
    made->value = value;
    return PyObject_Init((PyObject *)made, &cell_type);
}

static PyMethodDef cellmod_methods[] = {
    {"make", cell_make, METH_VARARGS, PyDoc_STR("make(...)")},
    {NULL, NULL, 0, NULL},
};

static int
cellmod_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot cellmod_slots[] = {
    {Py_mod_exec, cellmod_exec},
    {0, NULL},
};

static struct PyModuleDef cellmod_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "cellmod",
    .m_methods = cellmod_methods,
    .m_slots = cellmod_slots,
};

PyMODINIT_FUNC
PyInit_cellmod(void)
{
    return PyModuleDef_Init(&cellmod_module);
}
/* run: mod.make(1.0) */
