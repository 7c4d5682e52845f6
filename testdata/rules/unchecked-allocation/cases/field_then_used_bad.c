/* The result is stored in a field and used through the field. */
#include <Python.h>
#include <stdlib.h>

struct ring {
    long *slots;
    size_t size, head;
};

static void
ring_open(struct ring *r, size_t size)
{
    r->slots = malloc(size * sizeof(long));
    r->size = size;
    r->head = 0;
}

static PyObject *
ring_last(PyObject *Py_UNUSED(module), PyObject *args)
{
    struct ring r;
    Py_ssize_t size;
    long first;

    if (!PyArg_ParseTuple(args, "nl:last", &size, &first))
        return NULL;
    if (size < 1)
        return PyErr_Format(PyExc_ValueError, "size %zd", size);
    ring_open(&r, (size_t)size);
    r.slots[r.head] = first; // expect: unchecked-allocation // because: 13
    for (long i = 1; i < 10; i++) {
        r.head = (r.head + 1) % r.size;
        r.slots[r.head] = first + i;
    }
    first = r.slots[0];
    free(r.slots);
    return PyLong_FromLong(first);
}

static PyMethodDef ringmod_methods[] = {
    {"last", ring_last, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef ringmod_module = {
    PyModuleDef_HEAD_INIT, "ringmod", NULL, -1, ringmod_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_ringmod(void)
{
    return PyModule_Create(&ringmod_module);
}
/* run: assert mod.last(3, 1) == 10 */
/* run: try: mod.last(1 << 59, 1) */
/* run: except MemoryError: pass */
/* dies: signal 11 */
