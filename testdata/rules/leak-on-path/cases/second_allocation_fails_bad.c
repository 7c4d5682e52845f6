/* The second of two allocations fails and takes the first with it. */
#include <Python.h>
#include <string.h>

struct pair {
    char *key, *value;
};

static int
pair_make(struct pair *p, Py_ssize_t keyroom, Py_ssize_t valueroom)
{
    p->key = NULL;
    char *key = PyMem_Calloc(1, (size_t)keyroom);
    if (key == NULL)
        return -1;
    p->value = PyMem_Calloc(1, (size_t)valueroom);
    if (p->value == NULL)
        return -1; // expect: leak-on-path // because: 13
    p->key = key;
    return 0;
}

static PyObject *
kv_probe(PyObject *Py_UNUSED(module), PyObject *args)
{
    Py_ssize_t keyroom, valueroom;
    struct pair p;

    if (!PyArg_ParseTuple(args, "nn:probe", &keyroom, &valueroom))
        return NULL;
    if (pair_make(&p, keyroom, valueroom) < 0)
        return PyErr_NoMemory();
    PyMem_Free(p.key);
    PyMem_Free(p.value);
    Py_RETURN_NONE;
}

static PyMethodDef kvprobe_methods[] = {
    {"probe", kv_probe, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef kvprobe_module = {
    PyModuleDef_HEAD_INIT, "kvprobe", NULL, -1, kvprobe_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_kvprobe(void)
{
    return PyModule_Create(&kvprobe_module);
}
/* run: mod.probe(10, 10) */
/* run: try: mod.probe(1000, 1 << 62) */
/* run: except MemoryError: pass */
/* leaks: pair_make */
