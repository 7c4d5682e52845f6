/* Early exit out of a region: the message is allocated before Py_BLOCK_THREADS takes the lock back. */
#include <Python.h>
#include <stdio.h>
#include <string.h>

#define MESSAGE 96

/* Validates nesting of brackets; raises with the position of the first fault. */
static PyObject *
brackets_check(PyObject *Py_UNUSED(module), PyObject *arg)
{
    Py_ssize_t n;
    const char *text = PyUnicode_AsUTF8AndSize(arg, &n);
    int depth = 0;

    if (text == NULL)
        return NULL;

    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t i = 0; i < n; i++) {
        if (text[i] == '(')
            depth++;
        else if (text[i] == ')' && --depth < 0) {
            Py_BLOCK_THREADS
            char *message = PyMem_Malloc(MESSAGE);
            if (message == NULL)
                return PyErr_NoMemory();
            snprintf(message, MESSAGE, "unexpected ')' at offset %ld", (long)i);
            PyErr_SetString(PyExc_ValueError, message);
            PyMem_Free(message);
            return NULL;
        }
    }
    Py_END_ALLOW_THREADS

    return PyBool_FromLong(depth == 0);
}

static PyMethodDef brackets_methods[] = {
    {"check", brackets_check, METH_O, PyDoc_STR("check(...)")},
    {NULL, NULL, 0, NULL},
};

static int
brackets_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot brackets_slots[] = {
    {Py_mod_exec, brackets_exec},
    {0, NULL},
};

static struct PyModuleDef brackets_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "brackets",
    .m_methods = brackets_methods,
    .m_slots = brackets_slots,
};

PyMODINIT_FUNC
PyInit_brackets(void)
{
    return PyModuleDef_Init(&brackets_module);
}
/* run: assert mod.check("(())") */
/* run: try: mod.check("())") */
/* run: except ValueError: pass */
