/* The reader that keeps track of the lock in its record raises before it takes the lock back. */
#include <Python.h>
#include <unistd.h>

typedef struct {
    PyObject_HEAD
    int fd;
    int shared;               /* set by the program, before it starts threads */
    PyThreadState *suspended; /* where reading has given the lock up */
} Reader;

static void
reader_leave(Reader *self)
{
    if (self->shared && !self->suspended)
        self->suspended = PyEval_SaveThread();
}

static void
reader_enter(Reader *self)
{
    if (self->suspended) {
        PyEval_RestoreThread(self->suspended);
        self->suspended = NULL;
    }
}

static PyObject *
reader_byte(PyObject *op, PyObject *Py_UNUSED(ignored))
{
    Reader *self = (Reader *)op;
    unsigned char byte;
    ssize_t n;

    self->suspended = PyEval_SaveThread();
    n = read(self->fd, &byte, 1);
    if (n != 1)
        return PyErr_SetFromErrno(PyExc_OSError); // expect: api-without-gil, gil-unbalanced
    reader_enter(self);
    return PyLong_FromLong(byte);
}

static int
reader_init(PyObject *op, PyObject *args, PyObject *Py_UNUSED(kwargs))
{
    Reader *self = (Reader *)op;

    self->suspended = NULL;
    return PyArg_ParseTuple(args, "ip:Reader", &self->fd, &self->shared) ? 0 : -1;
}

static PyMethodDef reader_methods[] = {
    {"byte", reader_byte, METH_NOARGS, PyDoc_STR("byte()")},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject Reader_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "reader.Reader",
    .tp_basicsize = sizeof(Reader),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_methods = reader_methods,
    .tp_init = reader_init,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef reader_module = {
    PyModuleDef_HEAD_INIT, "reader", NULL, -1, NULL, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_reader(void)
{
    PyObject *module;

    if (PyType_Ready(&Reader_Type) < 0)
        return NULL;
    module = PyModule_Create(&reader_module);
    if (module == NULL)
        return NULL;
    Py_INCREF(&Reader_Type);
    if (PyModule_AddObject(module, "Reader", (PyObject *)&Reader_Type) < 0) {
        Py_DECREF(&Reader_Type);
        Py_DECREF(module);
        return NULL;
    }
    return module;
}
/* run: import os; r, w = os.pipe(); os.close(w); mod.Reader(r, True).byte() */
/* dies: signal|Fatal Python error */
