/* A reader counts its calls and how deep it is in them; the number of what is left, which gets negative, is no depth. */
#include <Python.h>
#include <stdlib.h>

typedef struct {
    PyObject_HEAD
    int calls, depth, left;
    PyThreadState *saved;
} reader;

static void
reader_leave(reader *self)
{
    self->calls++;
    if (self->depth++ == 0)
        self->saved = PyEval_SaveThread();
}

static void
reader_return(reader *self)
{
    if (--self->depth == 0)
        PyEval_RestoreThread(self->saved);
}

static PyObject *
reader_take(PyObject *op, PyObject *Py_UNUSED(arg))
{
    reader *self = (reader *)op;
    int taken;

    reader_leave(self);
    taken = abs(self->left);
    self->left -= 1;
    if (self->left < 0) {
        PyErr_SetString(PyExc_IndexError, "nothing left"); // expect: api-without-gil // because: 16
        reader_return(self);
        return NULL;
    }
    reader_return(self);
    return PyLong_FromLong(taken);
}

static PyMethodDef reader_methods[] = {
    {"take", reader_take, METH_NOARGS, PyDoc_STR("take()")},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject reader_type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "readers.reader",
    .tp_basicsize = sizeof(reader),
    .tp_methods = reader_methods,
    .tp_new = PyType_GenericNew,
    .tp_flags = Py_TPFLAGS_DEFAULT,
};

static struct PyModuleDef readers_module = {
    PyModuleDef_HEAD_INIT, "readers", NULL, -1, NULL, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_readers(void)
{
    PyObject *module = PyModule_Create(&readers_module);

    if (module == NULL || PyModule_AddType(module, &reader_type) < 0) {
        Py_XDECREF(module);
        return NULL;
    }
    return module;
}
/* run: r = mod.reader() */
/* run: try: r.take() */
/* run: except IndexError: pass */
/* dies: without|signal|released */
