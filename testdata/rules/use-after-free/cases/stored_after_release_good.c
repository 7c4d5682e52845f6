/* A released block stays in a field; the next method reads it there. */
#include <Python.h>
#include <string.h>

typedef struct {
    PyObject_HEAD
    char *text;
} Note;

static PyObject *
note_erase(PyObject *op, PyObject *Py_UNUSED(none))
{
    Note *self = (Note *)op;
    char *text = self->text;

    self->text = NULL;
    PyMem_Free(text);
    Py_RETURN_NONE;
}

static PyObject *
note_get(PyObject *op, PyObject *Py_UNUSED(none))
{
    Note *self = (Note *)op;

    return PyUnicode_FromString(self->text != NULL ? self->text : "");
}

static int
note_init(PyObject *op, PyObject *args, PyObject *Py_UNUSED(kwds))
{
    Note *self = (Note *)op;
    const char *text;

    if (!PyArg_ParseTuple(args, "s:Note", &text))
        return -1;
    if (self->text != NULL) {
        PyErr_SetString(PyExc_RuntimeError, "initialised already");
        return -1;
    }
    self->text = PyMem_Malloc(strlen(text) + 1);
    if (self->text == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    strcpy(self->text, text);
    return 0;
}

static void
note_dealloc(PyObject *op)
{
    PyMem_Free(((Note *)op)->text);
    Py_TYPE(op)->tp_free(op);
}

static PyMethodDef note_methods[] = {
    {"erase", note_erase, METH_NOARGS, NULL},
    {"get", note_get, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject NoteType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "note.Note",
    .tp_basicsize = sizeof(Note),
    .tp_dealloc = note_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = note_methods,
    .tp_init = note_init,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef note_module = {
    PyModuleDef_HEAD_INIT, "note", NULL, -1, NULL, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_note(void)
{
    PyObject *m = PyModule_Create(&note_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &NoteType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: n = mod.Note("abc"); assert n.get() == "abc"; n.erase(); n.get() */
