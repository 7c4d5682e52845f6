/* The callee brings its own buffer only when it is given none; the region always gives one. */
#include <Python.h>
#include <stdio.h>

#define STAMP 40

/* Writes a stamp into `to`, or into a new block when `to` is NULL. */
static char *
format_stamp(char *to, unsigned long seconds)
{
    if (to == NULL) {
        to = PyMem_Malloc(STAMP); // never reached without the lock
        if (to == NULL)
            return NULL;
    }
    snprintf(to, STAMP, "%lu:%02lu:%02lu", seconds / 3600, seconds / 60 % 60, seconds % 60);
    return to;
}

static PyObject *
stamp_format(PyObject *Py_UNUSED(module), PyObject *args)
{
    unsigned long seconds;
    char *stamp;
    PyObject *text;

    if (!PyArg_ParseTuple(args, "k:format", &seconds))
        return NULL;
    char room[STAMP];
    Py_BEGIN_ALLOW_THREADS
    stamp = format_stamp(room, seconds);
    Py_END_ALLOW_THREADS
    text = PyUnicode_FromString(stamp);
    return text;
}

static PyObject *
stamp_repr(PyObject *Py_UNUSED(module), PyObject *args)
{
    unsigned long seconds;
    char *stamp;
    PyObject *text;

    if (!PyArg_ParseTuple(args, "k:repr", &seconds))
        return NULL;
    stamp = format_stamp(NULL, seconds);
    if (stamp == NULL)
        return PyErr_NoMemory();
    text = PyUnicode_FromFormat("<stamp %s>", stamp);
    PyMem_Free(stamp);
    return text;
}

static PyMethodDef stamp_methods[] = {
    {"format", stamp_format, METH_VARARGS, PyDoc_STR("format(...)")},
    {"repr", stamp_repr, METH_VARARGS, PyDoc_STR("repr(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef stamp_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "stamp",
    .m_size = -1,
    .m_methods = stamp_methods,
};

PyMODINIT_FUNC
PyInit_stamp(void)
{
    return PyModule_Create(&stamp_module);
}
/* run: assert mod.repr(3661) == "<stamp 1:01:01>"; assert mod.format(3661) == "1:01:01" */
