/* A capsule carries the block through the interpreter; its destructor gives it to another family. */
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>

static const char STATE[] = "lcg.state";

static void
state_destroy(PyObject *capsule)
{
    uint64_t *state = PyCapsule_GetPointer(capsule, STATE);

    PyMem_Free(state);
}

static PyObject *
lcg_seed(PyObject *Py_UNUSED(module), PyObject *arg)
{
    uint64_t seed = PyLong_AsUnsignedLongLongMask(arg);
    uint64_t *state;
    PyObject *capsule;

    if (PyErr_Occurred())
        return NULL;
    state = PyMem_Malloc(sizeof(*state));
    if (state == NULL)
        return PyErr_NoMemory();
    *state = seed;
    capsule = PyCapsule_New(state, STATE, state_destroy);
    if (capsule == NULL)
        PyMem_Free(state);
    return capsule;
}

static PyObject *
lcg_next(PyObject *Py_UNUSED(module), PyObject *arg)
{
    uint64_t *state = PyCapsule_GetPointer(arg, STATE);

    if (state == NULL)
        return NULL;
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return PyLong_FromUnsignedLong((unsigned long)(*state >> 33));
}

static PyMethodDef lcg_methods[] = {
    {"seed", lcg_seed, METH_O, PyDoc_STR("seed(...)")},
    {"next", lcg_next, METH_O, PyDoc_STR("next(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef lcg_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "lcg",
    .m_size = -1,
    .m_methods = lcg_methods,
};

PyMODINIT_FUNC
PyInit_lcg(void)
{
    return PyModule_Create(&lcg_module);
}
/* run: s = mod.seed(1); mod.next(s); del s */
