/* Room comes from the caller, with a mark, or is new without one; the new room is lost for one length. */
#include <Python.h>
#include <string.h>

/* GIVEN and a mark when N is too much, else a block of its own. */
static char *
shaper_room(char *given, size_t n, int *failed)
{
    if (n <= 64) {
        char *fresh = PyMem_Malloc(n + 1);
        if (fresh != NULL)
            return fresh;
    }
    *failed = 1;
    return given;
}

static PyObject *
shaper_label(PyObject *Py_UNUSED(module), PyObject *args)
{
    char spare[8];
    Py_ssize_t n;
    int failed = 0;
    char *room;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "n:label", &n))
        return NULL;
    room = shaper_room(spare, (size_t)n, &failed);
    if (failed) {
        PyErr_SetString(PyExc_ValueError, "a label of that length is not made");
        return NULL;
    }
    memset(room, '-', (size_t)n);
    result = PyBytes_FromStringAndSize(room, n);
    PyMem_Free(room);
    return result;
}

static PyMethodDef shaper_methods[] = {
    {"label", shaper_label, METH_VARARGS, PyDoc_STR("label(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef shaper_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "shaper",
    .m_size = -1,
    .m_methods = shaper_methods,
};

PyMODINIT_FUNC
PyInit_shaper(void)
{
    return PyModule_Create(&shaper_module);
}
/* run: assert mod.label(3) == b"---" and mod.label(0) == b"" */
/* run: try: mod.label(65) */
/* run: except ValueError: pass */
