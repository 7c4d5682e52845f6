/* The callee looks into what it is given for one sign of a number, and for the other. */
#include <Python.h>
#include <stdlib.h>

struct dial {
    long left, right;
};

/* Nothing is turned for zero. */
static void
dial_turn(struct dial *d, int steps)
{
    if (steps < 0)
        d->left -= steps;
    if (steps > 0)
        d->right += steps;
}

static PyObject *
dial_back(PyObject *Py_UNUSED(module), PyObject *number)
{
    size_t n = PyLong_AsSize_t(number);
    struct dial *d = calloc(n, sizeof *d);

    dial_turn(d, -1); // expect: unchecked-allocation // because: 23, 25, 14
    free(d);
    Py_RETURN_NONE;
}

static PyObject *
dial_on(PyObject *Py_UNUSED(module), PyObject *number)
{
    size_t n = PyLong_AsSize_t(number);
    struct dial *d = calloc(n, sizeof *d);

    dial_turn(d, 0);
    dial_turn(d, 1); // expect: unchecked-allocation // because: 34, 37, 16
    free(d);
    Py_RETURN_NONE;
}

static PyMethodDef dial_methods[] = {
    {"back", dial_back, METH_O, PyDoc_STR("back(...)")},
    {"on", dial_on, METH_O, PyDoc_STR("on(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef dial_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "dial",
    .m_size = -1,
    .m_methods = dial_methods,
};

PyMODINIT_FUNC
PyInit_dial(void)
{
    return PyModule_Create(&dial_module);
}
/* run: mod.back(1); mod.on(1) */
/* run: mod.on(1 << 62) */
/* dies: signal 11 */
