/* Two functions give a field memory of two families, and the destructor has one way for all of it. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

struct label {
    PyObject_HEAD
    char *text;
};

static int
label_init(struct label *self, PyObject *args, PyObject *Py_UNUSED(kwargs))
{
    const char *text;

    if (!PyArg_ParseTuple(args, "s:Label", &text))
        return -1;
    self->text = PyMem_Malloc(strlen(text) + 1);
    if (self->text == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    strcpy(self->text, text);
    return 0;
}

static PyObject *
label_set(struct label *self, PyObject *arg)
{
    const char *text = PyUnicode_AsUTF8(arg);
    char *copy = text != NULL ? strdup(text) : NULL;

    if (copy == NULL)
        return text != NULL ? PyErr_NoMemory() : NULL;
    self->text = copy;
    Py_RETURN_NONE;
}

static void
label_clear(struct label *self)
{
    if (self->text != NULL)
        PyMem_Free(self->text); // expect: family-mismatch // because: 31, 35
    self->text = NULL;
}

static void
label_dealloc(PyObject *op)
{
    struct label *self = (struct label *)op;

    label_clear(self);
    PyObject_Free(self);
}

static PyMethodDef label_methods[] = {
    {"set", (PyCFunction)label_set, METH_O, PyDoc_STR("set(text)")},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject Label_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "labels.Label",
    .tp_basicsize = sizeof(struct label),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = label_dealloc,
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)label_init,
    .tp_methods = label_methods,
};

static struct PyModuleDef labels_module = {
    PyModuleDef_HEAD_INIT, "labels", NULL, -1, NULL, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_labels(void)
{
    PyObject *module = PyModule_Create(&labels_module);

    if (module != NULL && PyModule_AddType(module, &Label_type) < 0)
        Py_CLEAR(module);
    return module;
}
/* run: a = mod.Label("x" * 40) */
/* run: a.set("y" * 40) */
/* run: del a */
/* dies: bad ID|signal|invalid */
