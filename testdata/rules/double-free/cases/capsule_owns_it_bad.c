/* The capsule's destructor releases the block; the constructor releases it too when a later step fails. */
#include <Python.h>
#include <stdlib.h>

static void
seed_destroy(PyObject *capsule)
{
    free(PyCapsule_GetPointer(capsule, "seed"));
}

static PyObject *
seed_make(PyObject *Py_UNUSED(module), PyObject *args)
{
    unsigned long *seed, value;
    PyObject *capsule, *holder;

    if (!PyArg_ParseTuple(args, "kO:make", &value, &holder))
        return NULL;
    seed = malloc(sizeof(*seed));
    if (seed == NULL)
        return PyErr_NoMemory();
    *seed = value;
    capsule = PyCapsule_New(seed, "seed", seed_destroy);
    if (capsule == NULL) {
        free(seed);
        return NULL;
    }
    if (PyObject_SetAttrString(holder, "seed", capsule) < 0) {
        Py_DECREF(capsule);
        free(seed); // expect: double-free
        return NULL;
    }
    return capsule;
}

static PyMethodDef seedmod_methods[] = {
    {"make", seed_make, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef seedmod_module = {
    PyModuleDef_HEAD_INIT, "seedmod", NULL, -1, seedmod_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_seedmod(void)
{
    return PyModule_Create(&seedmod_module);
}
/* run: class Holder: pass */
/* run: mod.make(5, Holder()) */
/* run: try: mod.make(5, 1) */
/* run: except AttributeError: pass */
/* asan: attempting double-free */
