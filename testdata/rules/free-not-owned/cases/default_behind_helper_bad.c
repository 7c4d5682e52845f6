/* Objects begin with a literal in a field; a helper of the destructor releases whatever is there. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

struct mode {
    PyObject_HEAD
    char *name;
};

static const char plain[] = "plain";

static PyObject *
mode_new(PyTypeObject *type, PyObject *Py_UNUSED(args), PyObject *Py_UNUSED(kwargs))
{
    struct mode *self = (struct mode *)type->tp_alloc(type, 0);

    if (self != NULL)
        self->name = (char *)plain;
    return (PyObject *)self;
}

static void
mode_drop(struct mode *self)
{
    free(self->name); // expect: free-not-owned // because: 19
    self->name = NULL;
}

static int
mode_init(struct mode *self, PyObject *args, PyObject *Py_UNUSED(kwargs))
{
    const char *name = NULL;
    char *copy;

    if (!PyArg_ParseTuple(args, "|s:Mode", &name))
        return -1;
    if (name == NULL)
        return 0;
    copy = strdup(name);
    if (copy == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    mode_drop(self);
    self->name = copy;
    return 0;
}

static void
mode_dealloc(struct mode *self)
{
    mode_drop(self);
    Py_TYPE(self)->tp_free((PyObject *)self);
}

static PyTypeObject Mode_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "modes.Mode",
    .tp_basicsize = sizeof(struct mode),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = (destructor)mode_dealloc,
    .tp_new = mode_new,
    .tp_init = (initproc)mode_init,
};

static struct PyModuleDef modes_module = {
    PyModuleDef_HEAD_INIT, "modes", NULL, -1, NULL, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_modes(void)
{
    PyObject *module = PyModule_Create(&modes_module);

    if (module != NULL && PyModule_AddType(module, &Mode_type) < 0)
        Py_CLEAR(module);
    return module;
}
/* run: mod.Mode("x" * 30) */
/* dies: invalid pointer|signal */
