/* A header of the tree that several files include, with a macro that nobody uses: each place counts once. */
#include "compat.h"

void unit_dealloc(PyObject *op);

static PyTypeObject UnitType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "unitmod.Unit",
    .tp_basicsize = sizeof(PyObject),
    .tp_dealloc = unit_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
};

static PyObject *
unit_make(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none))
{
    return compat_make(&UnitType);
}

static PyMethodDef unitmod_methods[] = {
    {"make", unit_make, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef unitmod_module = {
    PyModuleDef_HEAD_INIT, "unitmod", NULL, -1, unitmod_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_unitmod(void)
{
    PyObject *m = PyModule_Create(&unitmod_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &UnitType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: mod.make() */
/* from facts: soft-deprecated aliases, still in the headers of 3.11 and 3.13 */
