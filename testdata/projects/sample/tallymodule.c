/* tally: counts the lines of a file. A sample with three mistakes in it. */
#include "lines.h"

#include <stdlib.h>

typedef struct {
    PyObject_HEAD
    FILE *file;
    char *separator;
    Py_ssize_t lines;
} TallyObject;

static int tally_init(TallyObject *self, PyObject *args, PyObject *kwargs)
{
    const char *path;

    (void)kwargs;
    if (!PyArg_ParseTuple(args, "s", &path))
        return -1;
    self->separator = lines_default_separator();
    if (self->separator == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    self->file = fopen(path, "rb");
    if (self->file == NULL) {
        PyErr_SetFromErrnoWithFilename(PyExc_OSError, path);
        return -1;
    }
    return 0;
}

static void tally_dealloc(TallyObject *self)
{
    PyTypeObject *type = Py_TYPE(self);

    if (self->file != NULL)
        fclose(self->file);
    free(self->separator);
    type->tp_free((PyObject *)self);
}

static PyObject *tally_count(TallyObject *self, PyObject *ignored)
{
    struct buffer line = {NULL, 0, 0};
    int status;

    (void)ignored;
    Py_BEGIN_ALLOW_THREADS
    while ((status = lines_read(self->file, self->separator[0], &line)) == 0) {
        self->lines++;
        line.used = 0;
    }
    Py_END_ALLOW_THREADS
    buffer_clear(&line);
    if (status < 0)
        return PyErr_NoMemory();
    return PyLong_FromSsize_t(self->lines);
}

static PyMethodDef tally_methods[] = {
    {"count", (PyCFunction)tally_count, METH_NOARGS, "Number of lines up to the end."},
    {NULL, NULL, 0, NULL},
};

static PyTypeObject TallyType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "tally.Tally",
    .tp_basicsize = sizeof(TallyObject),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
    .tp_init = (initproc)tally_init,
    .tp_dealloc = (destructor)tally_dealloc,
    .tp_methods = tally_methods,
};

static struct PyModuleDef tally_module = {
    PyModuleDef_HEAD_INIT, .m_name = "tally", .m_size = -1,
};

PyMODINIT_FUNC PyInit_tally(void)
{
    PyObject *module;

    if (PyType_Ready(&TallyType) < 0)
        return NULL;
    module = PyModule_Create(&tally_module);
    if (module == NULL)
        return NULL;
    Py_INCREF(&TallyType);
    if (PyModule_AddObject(module, "Tally", (PyObject *)&TallyType) < 0) {
        Py_DECREF(&TallyType);
        Py_DECREF(module);
        return NULL;
    }
    return module;
}
