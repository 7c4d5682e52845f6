/* Closing says whether there was anything to close; the scratch of a text that is too long is not closed. */
#include <Python.h>
#include <string.h>

struct scratch {
    char *text;
    size_t used;
};

static struct scratch *
scratch_open(size_t n)
{
    struct scratch *scratch = PyMem_Malloc(sizeof(struct scratch));

    if (scratch == NULL)
        return NULL;
    scratch->used = 0;
    scratch->text = PyMem_Malloc(n + 1);
    if (scratch->text == NULL) {
        PyMem_Free(scratch);
        return NULL;
    }
    return scratch;
}

/* 1: there was none. */
static int
scratch_close(struct scratch *scratch)
{
    if (scratch == NULL)
        return 1;
    PyMem_Free(scratch->text);
    PyMem_Free(scratch);
    return 0;
}

static PyObject *
dashes_row(PyObject *Py_UNUSED(module), PyObject *args)
{
    Py_ssize_t n;
    struct scratch *scratch;
    PyObject *row;

    if (!PyArg_ParseTuple(args, "n:row", &n))
        return NULL;
    scratch = scratch_open(n < 0 ? 0 : (size_t)n);
    if (scratch == NULL)
        return PyErr_NoMemory();
    if (n < 0 || n > 80) {
        scratch_close(scratch);
        PyErr_SetString(PyExc_ValueError, "no row of that length");
        return NULL;
    }
    memset(scratch->text, '-', (size_t)n);
    row = PyUnicode_FromStringAndSize(scratch->text, n);
    scratch_close(scratch);
    return row;
}

static PyMethodDef dashes_methods[] = {
    {"row", dashes_row, METH_VARARGS, PyDoc_STR("row(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef dashes_module = {
    PyModuleDef_HEAD_INIT, "dashes", NULL, -1, dashes_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_dashes(void)
{
    return PyModule_Create(&dashes_module);
}
/* run: assert mod.row(3) == "---" */
/* run: try: mod.row(81) */
/* run: except ValueError: pass */
