/* PyMem_Resize assigns to its argument by itself; nothing else remembers the old block. */
#include <Python.h>

static PyObject *
collatz_path(PyObject *Py_UNUSED(module), PyObject *args)
{
    unsigned long n;
    Py_ssize_t reserve, used = 0;
    unsigned long *path;
    PyObject *list;

    if (!PyArg_ParseTuple(args, "kn:path", &n, &reserve))
        return NULL;
    path = PyMem_New(unsigned long, 64);
    if (path == NULL)
        return PyErr_NoMemory();
    if (reserve > 64) {
        PyMem_Resize(path, unsigned long, reserve); // expect: realloc-loses-pointer // because: 14
        if (path == NULL)
            return PyErr_NoMemory();
    }
    for (; n > 1 && used < Py_MAX(reserve, 64); n = n % 2 ? 3 * n + 1 : n / 2)
        path[used++] = n;
    list = PyList_New(used);
    for (Py_ssize_t i = 0; list != NULL && i < used; i++) {
        PyObject *item = PyLong_FromUnsignedLong(path[i]);
        if (item == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, item);
    }
    PyMem_Free(path);
    return list;
}

static PyMethodDef collatz_methods[] = {
    {"path", collatz_path, METH_VARARGS, PyDoc_STR("path(...)")},
    {NULL, NULL, 0, NULL},
};

static int
collatz_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot collatz_slots[] = {
    {Py_mod_exec, collatz_exec},
    {0, NULL},
};

static struct PyModuleDef collatz_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "collatz",
    .m_methods = collatz_methods,
    .m_slots = collatz_slots,
};

PyMODINIT_FUNC
PyInit_collatz(void)
{
    return PyModuleDef_Init(&collatz_module);
}
/* run: assert mod.path(6, 100)[:3] == [6, 3, 10] */
/* run: try: mod.path(6, 1 << 59) */
/* run: except MemoryError: pass */
/* leaks: collatz_path */
