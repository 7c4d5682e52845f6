/* A pointer into the array is kept over a call that may move the array. */
#include <Python.h>
#include <stdlib.h>

struct tally {
    long *count;
    size_t used, room;
};

static int
tally_reserve(struct tally *t, size_t want)
{
    long *bigger = realloc(t->count, want * sizeof(long));

    if (bigger == NULL)
        return -1;
    for (size_t i = t->room; i < want; i++)
        bigger[i] = 0;
    t->count = bigger;
    t->room = want;
    return 0;
}

static PyObject *
tallies_run(PyObject *Py_UNUSED(module), PyObject *arg)
{
    struct tally t = {NULL, 0, 0};
    long n = PyLong_AsLong(arg), total;

    if (n == -1 && PyErr_Occurred())
        return NULL;
    if (tally_reserve(&t, 1) < 0)
        return PyErr_NoMemory();
    long *first = &t.count[0];
    *first = 7;
    if (n > 1 && tally_reserve(&t, (size_t)n) < 0) {
        free(t.count);
        return PyErr_NoMemory();
    }
    first = &t.count[0];
    *first += n;
    total = t.count[0];
    free(t.count);
    return PyLong_FromLong(total);
}

static PyMethodDef tallies_methods[] = {
    {"run", tallies_run, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef tallies_module = {
    PyModuleDef_HEAD_INIT, "tallies", NULL, -1, tallies_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_tallies(void)
{
    return PyModule_Create(&tallies_module);
}
/* run: assert mod.run(1) == 8; mod.run(100000) */
