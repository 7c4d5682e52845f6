/* The address of a bytearray's bytes is taken inside the region, with no buffer export to pin them. */
#include <Python.h>

static PyObject *
xor_with(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *array;
    unsigned char key;

    if (!PyArg_ParseTuple(args, "O!b:xor", &PyByteArray_Type, &array, &key))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    char *bytes = PyByteArray_AS_STRING(array); // expect-medium: object-touched-without-gil // because: 12
    Py_ssize_t n = PyByteArray_GET_SIZE(array); // expect-medium: object-touched-without-gil // because: 12
    for (Py_ssize_t i = 0; i < n; i++)
        bytes[i] ^= (char)key;
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}

static PyMethodDef xorwith_methods[] = {
    {"xor", xor_with, METH_VARARGS, PyDoc_STR("xor(...)")},
    {NULL, NULL, 0, NULL},
};

static int
xorwith_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot xorwith_slots[] = {
    {Py_mod_exec, xorwith_exec},
    {0, NULL},
};

static struct PyModuleDef xorwith_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "xorwith",
    .m_methods = xorwith_methods,
    .m_slots = xorwith_slots,
};

PyMODINIT_FUNC
PyInit_xorwith(void)
{
    return PyModuleDef_Init(&xorwith_module);
}
/* run: b = bytearray(b"ab"); mod.xor(b, 1); assert b == b"`c" */
/* from facts: a race: needs another thread that resizes the array at the right moment */
