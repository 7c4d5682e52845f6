/* A callee keeps the block only when it succeeds; on failure it is still the caller's. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

#define SHELF 4

static char *shelf[SHELF];

/* Takes the name when there is room (0), else leaves it to the caller (-1). */
static int
shelf_put(char *name)
{
    for (int i = 0; i < SHELF; i++) {
        if (shelf[i] == NULL) {
            shelf[i] = name;
            return 0;
        }
    }
    return -1;
}

static PyObject *
shelf_add(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *name;
    char *copy;

    if (!PyArg_ParseTuple(args, "s:add", &name))
        return NULL;
    copy = strdup(name);
    if (copy == NULL)
        return PyErr_NoMemory();
    if (shelf_put(copy) < 0) {
        free(copy);
        PyErr_SetString(PyExc_OverflowError, "the shelf is full");
        return NULL;
    }
    Py_RETURN_NONE;
}

static PyMethodDef shelfmod_methods[] = {
    {"add", shelf_add, METH_VARARGS, PyDoc_STR("add(...)")},
    {NULL, NULL, 0, NULL},
};

static int
shelfmod_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot shelfmod_slots[] = {
    {Py_mod_exec, shelfmod_exec},
    {0, NULL},
};

static struct PyModuleDef shelfmod_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "shelfmod",
    .m_methods = shelfmod_methods,
    .m_slots = shelfmod_slots,
};

PyMODINIT_FUNC
PyInit_shelfmod(void)
{
    return PyModuleDef_Init(&shelfmod_module);
}
/* run: for i in range(4): mod.add("book") */
/* run: try: mod.add("one book too many") */
/* run: except OverflowError: pass */
