/* The assignment hides in a macro of the project. */
#include <Python.h>
#include <stdlib.h>

#define GROW(array, n) ((array) = realloc((array), (n) * sizeof(*(array))))

static PyObject *
divisors_of(PyObject *Py_UNUSED(module), PyObject *args)
{
    unsigned long n, *found;
    size_t used = 0, room = 4, reserve;
    PyObject *list;

    if (!PyArg_ParseTuple(args, "kn:of", &n, (Py_ssize_t *)&reserve))
        return NULL;
    found = malloc(room * sizeof(*found));
    if (found == NULL)
        return PyErr_NoMemory();
    for (unsigned long d = 1; d <= n; d++) {
        if (n % d != 0)
            continue;
        if (used == room) {
            room = reserve > room ? reserve : 2 * room;
            if (GROW(found, room) == NULL) // expect: realloc-loses-pointer // because: 16
                return PyErr_NoMemory();
        }
        found[used++] = d;
    }
    list = PyList_New((Py_ssize_t)used);
    for (size_t i = 0; list != NULL && i < used; i++) {
        PyObject *item = PyLong_FromUnsignedLong(found[i]);
        if (item == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, (Py_ssize_t)i, item);
    }
    free(found);
    return list;
}

static PyMethodDef divisors_methods[] = {
    {"of", divisors_of, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef divisors_module = {
    PyModuleDef_HEAD_INIT, "divisors", NULL, -1, divisors_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_divisors(void)
{
    return PyModule_Create(&divisors_module);
}
/* run: assert mod.of(12, 0) == [1, 2, 3, 4, 6, 12] */
/* run: try: mod.of(12, 1 << 58) */
/* run: except MemoryError: pass */
/* leaks: divisors_of */
