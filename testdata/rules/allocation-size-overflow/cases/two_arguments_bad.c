/* Rows times columns from the caller, unchecked. */
#include <Python.h>
#include <string.h>

static PyObject *
board_make(PyObject *Py_UNUSED(module), PyObject *args)
{
    size_t rows, columns;
    char *cells;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "nn:make", (Py_ssize_t *)&rows, (Py_ssize_t *)&columns))
        return NULL;
    cells = PyMem_Malloc(rows * columns); // expect-medium: allocation-size-overflow
    if (cells == NULL)
        return PyErr_NoMemory();
    for (size_t r = 0; r < rows; r++)
        memset(cells + r * columns, r % 2 ? '#' : '.', columns);
    result = PyBytes_FromStringAndSize(cells, (Py_ssize_t)(rows * columns));
    PyMem_Free(cells);
    return result;
}

static PyMethodDef board_methods[] = {
    {"make", board_make, METH_VARARGS, PyDoc_STR("make(...)")},
    {NULL, NULL, 0, NULL},
};

static int
board_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot board_slots[] = {
    {Py_mod_exec, board_exec},
    {0, NULL},
};

static struct PyModuleDef board_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "board",
    .m_methods = board_methods,
    .m_slots = board_slots,
};

PyMODINIT_FUNC
PyInit_board(void)
{
    return PyModuleDef_Init(&board_module);
}
/* run: assert mod.make(2, 2) == b"..##" */
/* run: try: mod.make(1 << 32, 1 << 32) */
/* run: except MemoryError: pass */
/* dies: signal */
