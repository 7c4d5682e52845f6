/* PyMem_Del and PyObject_Del used as values: as a function pointer PyMem_Del no longer compiles from 3.12 on. */
#include <Python.h>
#include <string.h>

struct pool {
    void *(*get)(size_t size);
    void (*put)(void *block);
};

static const struct pool pool = {
    .get = PyMem_Malloc,
    .put = PyMem_Free,
};

typedef struct {
    PyObject_HEAD
    long value;
} Cell;

static PyTypeObject CellType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "cellmod.Cell",
    .tp_basicsize = sizeof(Cell),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
    .tp_free = PyObject_Free,
};

static PyObject *
cell_swapcase(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *text;
    char *copy;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "s:swapcase", &text))
        return NULL;
    copy = pool.get(strlen(text) + 1);
    if (copy == NULL)
        return PyErr_NoMemory();
    strcpy(copy, text);
    for (char *p = copy; *p; p++)
        *p = (char)(Py_ISUPPER(*p) ? Py_TOLOWER(*p) : Py_TOUPPER(*p));
    result = PyUnicode_FromString(copy);
    pool.put(copy);
    return result;
}

static PyMethodDef cellmod_methods[] = {
    {"swapcase", cell_swapcase, METH_VARARGS, PyDoc_STR("swapcase(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef cellmod_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "cellmod",
    .m_size = -1,
    .m_methods = cellmod_methods,
};

PyMODINIT_FUNC
PyInit_cellmod(void)
{
    PyObject *m = PyModule_Create(&cellmod_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &CellType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: assert mod.swapcase("aB") == "Ab"; mod.Cell() */
