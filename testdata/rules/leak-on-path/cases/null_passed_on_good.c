/* What a constructor is handed may be null, which it passes on; else the block is its own. */
#include <Python.h>

struct mark {
    struct mark *self;
    long at;
};

static struct mark *newest;

static struct mark *
mark_init(struct mark *mark, long at)
{
    if (mark == NULL)
        return NULL;
    mark->self = mark; /* so that a copy can be told from it */
    mark->at = at;
    newest = mark;
    return mark;
}

static PyObject *
trail_mark(PyObject *Py_UNUSED(module), PyObject *args)
{
    long at;
    struct mark *mark;

    if (!PyArg_ParseTuple(args, "l:mark", &at))
        return NULL;
    mark = mark_init(PyMem_Malloc(sizeof *mark), at);
    if (mark == NULL)
        return PyErr_NoMemory();
    return PyLong_FromLong(mark->at);
}

static PyMethodDef trailmod_methods[] = {
    {"mark", trail_mark, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef trailmod_module = {
    PyModuleDef_HEAD_INIT, "trailmod", NULL, -1, trailmod_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_trailmod(void)
{
    return PyModule_Create(&trailmod_module);
}
/* run: assert mod.mark(4) == 4 */
