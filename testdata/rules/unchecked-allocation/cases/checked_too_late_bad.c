/* There is a test, but behind the first use. */
#include <Python.h>
#include <string.h>

static PyObject *
border_of(PyObject *Py_UNUSED(module), PyObject *args)
{
    Py_ssize_t width;
    char *line;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "n:of", &width))
        return NULL;
    if (width < 2)
        return PyErr_Format(PyExc_ValueError, "width %zd", width);
    line = PyMem_Malloc((size_t)width);
    line[0] = line[width - 1] = '+'; // expect: unchecked-allocation // because: 16
    if (line == NULL)
        return PyErr_NoMemory();
    memset(line + 1, '-', (size_t)width - 2);
    result = PyUnicode_FromStringAndSize(line, width);
    PyMem_Free(line);
    return result;
}

static PyMethodDef border_methods[] = {
    {"of", border_of, METH_VARARGS, PyDoc_STR("of(...)")},
    {NULL, NULL, 0, NULL},
};

static int
border_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot border_slots[] = {
    {Py_mod_exec, border_exec},
    {0, NULL},
};

static struct PyModuleDef border_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "border",
    .m_methods = border_methods,
    .m_slots = border_slots,
};

PyMODINIT_FUNC
PyInit_border(void)
{
    return PyModuleDef_Init(&border_module);
}
/* run: assert mod.of(4) == "+--+" */
/* run: try: mod.of(1 << 62) */
/* run: except MemoryError: pass */
/* dies: signal 11 */
