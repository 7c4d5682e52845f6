/* PyMem_XDEL is in no header of Python 3: the module compiles with a warning and fails when it is called. */
#include <Python.h>
#include <string.h>

static PyObject *
once_upper(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *text = NULL;
    char *copy = NULL;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "|s:upper", &text))
        return NULL;
    if (text != NULL) {
        copy = PyMem_Malloc(strlen(text) + 1);
        if (copy == NULL)
            return PyErr_NoMemory();
        strcpy(copy, text);
        copy[0] = (char)Py_TOUPPER(copy[0]);
    }
    result = PyUnicode_FromString(copy != NULL ? copy : "");
    PyMem_XDEL(copy); // expect: deprecated-allocator-macro, api-not-in-version
    return result;
}

static PyMethodDef onceupper_methods[] = {
    {"upper", once_upper, METH_VARARGS, PyDoc_STR("upper(...)")},
    {NULL, NULL, 0, NULL},
};

static int
onceupper_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot onceupper_slots[] = {
    {Py_mod_exec, onceupper_exec},
    {0, NULL},
};

static struct PyModuleDef onceupper_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "onceupper",
    .m_methods = onceupper_methods,
    .m_slots = onceupper_slots,
};

PyMODINIT_FUNC
PyInit_onceupper(void)
{
    return PyModuleDef_Init(&onceupper_module);
}
/* run: assert mod.upper("ab") == "Ab" */
/* raises: undefined symbol: PyMem_XDEL */
