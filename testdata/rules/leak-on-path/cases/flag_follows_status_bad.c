/* A flag in the record says what the status said; the row that is too long loses its line. */
#include <Python.h>
#include <string.h>

struct seat {
    int taken;
};

static int seats = 2;

static int
seat_take(struct seat *seat)
{
    if (seats == 0) {
        seat->taken = 0;
        return -1;
    }
    seats--;
    seat->taken = 1;
    return 0;
}

static PyObject *
hall_row(PyObject *Py_UNUSED(module), PyObject *args)
{
    Py_ssize_t n;
    struct seat seat;
    char *line;
    PyObject *row = NULL;

    if (!PyArg_ParseTuple(args, "n:row", &n))
        return NULL;
    line = PyMem_Malloc(81);
    if (line == NULL)
        return PyErr_NoMemory();
    if (seat_take(&seat) < 0) {
        PyMem_Free(line);
        return PyErr_Format(PyExc_RuntimeError, "no seat is free");
    }
    if (n < 0 || n > 80) {
        seats++;
        return PyErr_Format(PyExc_ValueError, "no row of %zd", n); // expect: leak-on-path // because: 33
    }
    memset(line, '-', (size_t)n);
    row = PyUnicode_FromStringAndSize(line, n);
    if (seat.taken) {
        seats++;
        PyMem_Free(line);
    }
    return row;
}

static PyMethodDef hall_methods[] = {
    {"row", hall_row, METH_VARARGS, PyDoc_STR("row(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef hall_module = {
    PyModuleDef_HEAD_INIT, "hall", NULL, -1, hall_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_hall(void)
{
    return PyModule_Create(&hall_module);
}
/* run: assert mod.row(3) == "---" */
/* run: try: mod.row(81) */
/* run: except ValueError: pass */
/* leaks: hall_row */
