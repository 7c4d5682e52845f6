/* Labels of an error exit release in reverse order; one label uses the wrong family. */
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Longest common subsequence length, three work arrays of two families. */
static PyObject *
lcs_length(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *a, *b;
    uint32_t *row, *previous;
    unsigned char *mask;
    PyObject *result = NULL;
    size_t n, m;

    if (!PyArg_ParseTuple(args, "ss:length", &a, &b))
        return NULL;
    n = strlen(a);
    m = strlen(b);
    if ((row = PyMem_Calloc(m + 1, sizeof(*row))) == NULL)
        return PyErr_NoMemory();
    if ((previous = PyMem_Calloc(m + 1, sizeof(*previous))) == NULL) {
        PyErr_NoMemory();
        goto free_row;
    }
    if ((mask = calloc(256, 1)) == NULL) {
        PyErr_NoMemory();
        goto free_previous;
    }
    for (size_t i = 0; i < n; i++)
        mask[(unsigned char)a[i]] = 1;
    for (size_t i = 1; i <= n; i++) {
        memcpy(previous, row, (m + 1) * sizeof(*row));
        for (size_t j = 1; j <= m; j++) {
            if (!mask[(unsigned char)b[j - 1]])
                row[j] = row[j - 1];
            else if (a[i - 1] == b[j - 1])
                row[j] = previous[j - 1] + 1;
            else
                row[j] = previous[j] > row[j - 1] ? previous[j] : row[j - 1];
        }
    }
    result = PyLong_FromUnsignedLong(row[m]);
    free(mask);
free_previous:
    PyMem_Free(previous);
free_row:
    free(row); // expect: family-mismatch // because: 21
    return result;
}

static PyMethodDef lcs_methods[] = {
    {"length", lcs_length, METH_VARARGS, PyDoc_STR("length(...)")},
    {NULL, NULL, 0, NULL},
};

static int
lcs_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot lcs_slots[] = {
    {Py_mod_exec, lcs_exec},
    {0, NULL},
};

static struct PyModuleDef lcs_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "lcs",
    .m_methods = lcs_methods,
    .m_slots = lcs_slots,
};

PyMODINIT_FUNC
PyInit_lcs(void)
{
    return PyModuleDef_Init(&lcs_module);
}
/* run: assert mod.length("ABCBDAB", "BDCABA") == 4 */
/* dies: invalid pointer|signal */
