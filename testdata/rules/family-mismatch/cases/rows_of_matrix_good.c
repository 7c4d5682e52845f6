/* The rows of a matrix and the array that holds them come from two families; the rows go back to the other one. */
#include <Python.h>
#include <stdlib.h>
typedef struct {
    double **row;
    int rows, cols;
} matrix;
static matrix *
matrix_new(int rows, int cols) {
    matrix *m = PyMem_Malloc(sizeof(matrix));
    if (!m)
        return NULL;
    m->rows = 0;
    m->cols = cols;
    m->row = PyMem_Malloc(rows * sizeof(double *));
    if (!m->row) {
        PyMem_Free(m);
        return NULL;
    }
    for (int i = 0; i < rows; i++) {
        m->row[i] = PyMem_RawCalloc(cols, sizeof(double));
        if (!m->row[i])
            break;
        m->rows++;
    }
    return m;
}
static void
matrix_free(matrix *m) {
    for (int i = 0; i < m->rows; i++)
        PyMem_RawFree(m->row[i]);
    PyMem_Free(m->row);
    PyMem_Free(m);
}
static PyObject *
py_trace(PyObject *self, PyObject *args) {
    int r, c;
    matrix *m;
    double t = 0;
    if (!PyArg_ParseTuple(args, "ii", &r, &c))
        return NULL;
    if (!(m = matrix_new(r, c)))
        return PyErr_NoMemory();
    for (int i = 0; i < m->rows && i < c; i++)
        t += m->row[i][i];
    matrix_free(m);
    return PyFloat_FromDouble(t);
}
static PyMethodDef methods[] = {{"trace", py_trace, METH_VARARGS, NULL}, {NULL, NULL, 0, NULL}};
static struct PyModuleDef mod = {
    PyModuleDef_HEAD_INIT, "matrix", NULL, -1, methods, NULL, NULL, NULL, NULL};
PyMODINIT_FUNC
PyInit_matrix(void) {
    return PyModule_Create(&mod);
}
/* run: assert mod.trace(3, 3) == 0.0 */
