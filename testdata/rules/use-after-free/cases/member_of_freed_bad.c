/* The struct goes first, then the string that only the struct knows. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

struct account {
    char *owner;
    double balance;
};

static void
account_free(struct account *a)
{
    PyMem_Free(a);
    free(a->owner); // expect: use-after-free // because: 14
}

static PyObject *
bank_greet(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *owner;
    struct account *a;
    PyObject *text;

    if (!PyArg_ParseTuple(args, "s:greet", &owner))
        return NULL;
    a = PyMem_Calloc(1, sizeof(*a));
    if (a == NULL)
        return PyErr_NoMemory();
    a->owner = strdup(owner);
    if (a->owner == NULL) {
        PyMem_Free(a);
        return PyErr_NoMemory();
    }
    text = PyUnicode_FromFormat("dear %s", a->owner);
    account_free(a);
    return text;
}

static PyMethodDef bank_methods[] = {
    {"greet", bank_greet, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef bank_module = {
    PyModuleDef_HEAD_INIT, "bank", NULL, -1, bank_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_bank(void)
{
    return PyModule_Create(&bank_module);
}
/* run: assert mod.greet("Bo") == "dear Bo" */
/* asan: heap-use-after-free */
/* says: A block from the argument 'a' */
