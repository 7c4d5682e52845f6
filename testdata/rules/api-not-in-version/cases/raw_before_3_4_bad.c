/* Two guards, one of them for the wrong version: the raw functions came with 3.4. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

#if PY_VERSION_HEX >= 0x03030000
#define KEEP(n) PyMem_RawMalloc(n) // expect: api-not-in-version
#define DROP(p) PyMem_RawFree(p) // expect: api-not-in-version
#else
#define KEEP(n) malloc(n)
#define DROP(p) free(p)
#endif

static char *last;

static PyObject *
lastseen_swap(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *text;
    char *copy;
    PyObject *previous;

    if (!PyArg_ParseTuple(args, "s:swap", &text))
        return NULL;
    previous = PyUnicode_FromString(last != NULL ? last : "");
    if (previous == NULL)
        return NULL;
    copy = KEEP(strlen(text) + 1);
    if (copy == NULL) {
        Py_DECREF(previous);
        return PyErr_NoMemory();
    }
    strcpy(copy, text);
    DROP(last);
    last = copy;
    return previous;
}

static PyMethodDef lastseen_methods[] = {
    {"swap", lastseen_swap, METH_VARARGS, PyDoc_STR("swap(...)")},
    {NULL, NULL, 0, NULL},
};

static int
lastseen_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot lastseen_slots[] = {
    {Py_mod_exec, lastseen_exec},
    {0, NULL},
};

static struct PyModuleDef lastseen_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "lastseen",
    .m_methods = lastseen_methods,
    .m_slots = lastseen_slots,
};

PyMODINIT_FUNC
PyInit_lastseen(void)
{
    return PyModuleDef_Init(&lastseen_module);
}
/* check: --python-min 3.3 */
/* run: assert mod.swap("a") == ""; assert mod.swap("b") == "a" */
/* from facts: no Python 3.3 at hand */
