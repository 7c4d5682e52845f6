/* The result goes straight to a function that writes through it. */
#include <Python.h>
#include <string.h>

static PyObject *
blank_make(PyObject *Py_UNUSED(module), PyObject *arg)
{
    Py_ssize_t n = PyNumber_AsSsize_t(arg, PyExc_OverflowError);
    char *room;
    PyObject *result;

    if (n < 0)
        return PyErr_Occurred() ? NULL : PyErr_Format(PyExc_ValueError, "%zd spaces", n);
    room = PyMem_Malloc((size_t)n + 1);
    memset(room, ' ', (size_t)n); // expect: unchecked-allocation // because: 14
    result = PyUnicode_FromStringAndSize(room, n);
    PyMem_Free(room);
    return result;
}

static PyMethodDef blank_methods[] = {
    {"make", blank_make, METH_O, PyDoc_STR("make(...)")},
    {NULL, NULL, 0, NULL},
};

static int
blank_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot blank_slots[] = {
    {Py_mod_exec, blank_exec},
    {0, NULL},
};

static struct PyModuleDef blank_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "blank",
    .m_methods = blank_methods,
    .m_slots = blank_slots,
};

PyMODINIT_FUNC
PyInit_blank(void)
{
    return PyModuleDef_Init(&blank_module);
}
/* run: assert mod.make(2) == "  " */
/* run: try: mod.make(1 << 61) */
/* run: except MemoryError: pass */
/* dies: signal 11 */
