/* A record has two buffers; where one cannot be had the other stays in it, and the caller gives neither back. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

struct halves {
    char *low, *high;
};

static int
halves_init(struct halves *halves, Py_ssize_t n, Py_ssize_t m)
{
    halves->low = PyMem_Calloc(1, (size_t)n);
    halves->high = PyMem_Calloc(1, (size_t)m);
    if (halves->low == NULL || halves->high == NULL) {
        if (halves->low != NULL)
            PyMem_Free(halves->low);
        return -1;
    }
    return 0;
}

static void
halves_done(struct halves *halves)
{
    PyMem_Free(halves->low);
    PyMem_Free(halves->high);
}

static PyObject *
halves_equal(PyObject *Py_UNUSED(module), PyObject *args)
{
    struct halves halves = {NULL, NULL};
    Py_ssize_t n, m;
    int equal;

    if (!PyArg_ParseTuple(args, "nn:equal", &n, &m))
        return NULL;
    if (halves_init(&halves, n, m) < 0)
        return PyErr_NoMemory(); // expect: leak-on-path // because: 39, 14
    equal = n == m && memcmp(halves.low, halves.high, (size_t)n) == 0;
    halves_done(&halves);
    return PyBool_FromLong(equal);
}

static PyMethodDef halves_methods[] = {
    {"equal", halves_equal, METH_VARARGS, PyDoc_STR("equal(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef halves_module = {
    PyModuleDef_HEAD_INIT, "halves", NULL, -1, halves_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_halves(void)
{
    return PyModule_Create(&halves_module);
}
/* run: assert mod.equal(10, 10) */
/* run: try: mod.equal(2**62, 100) */
/* run: except MemoryError: pass */
/* leaks: halves_init */
