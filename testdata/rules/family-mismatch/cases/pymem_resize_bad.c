/* PyMem_Resize, which assigns to its first argument, on a block of the raw family. */
#include <Python.h>
#include <stdint.h>

/* Primes below a limit by trial division; the array doubles as it fills. */
static PyObject *
primes_below(PyObject *Py_UNUSED(module), PyObject *arg)
{
    long limit = PyLong_AsLong(arg);
    Py_ssize_t used = 0, room = 8;
    uint32_t *found, *kept;
    PyObject *list;

    if (limit == -1 && PyErr_Occurred())
        return NULL;
    found = PyMem_RawMalloc((size_t)room * sizeof(*found));
    if (found == NULL)
        return PyErr_NoMemory();
    for (uint32_t n = 2; n < (uint32_t)limit; n++) {
        int prime = 1;
        for (Py_ssize_t i = 0; i < used && prime; i++)
            prime = n % found[i] != 0;
        if (!prime)
            continue;
        if (used == room) {
            kept = found;
            PyMem_Resize(found, uint32_t, room * 2); // expect: family-mismatch // because: 16
            if (found == NULL) {
                PyMem_RawFree(kept);
                return PyErr_NoMemory();
            }
            room *= 2;
        }
        found[used++] = n;
    }
    list = PyList_New(used);
    for (Py_ssize_t i = 0; list != NULL && i < used; i++) {
        PyObject *n = PyLong_FromUnsignedLong(found[i]);
        if (n == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, n);
    }
    PyMem_Free(found); // expect: family-mismatch // because: 16
    return list;
}

static PyMethodDef primes_methods[] = {
    {"below", primes_below, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef primes_module = {
    PyModuleDef_HEAD_INIT, "primes", NULL, -1, primes_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_primes(void)
{
    return PyModule_Create(&primes_module);
}
/* run: assert mod.below(30)[-1] == 29 */
/* dies: bad ID|signal */
