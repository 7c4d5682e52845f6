/* A successful call gives a block through its out-parameter; the next call fails and nobody releases it. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

/* 0 and a copy in *out, or -1 with an exception. */
static int
copy_text(PyObject *object, char **out)
{
    const char *text = PyUnicode_AsUTF8(object);

    if (text == NULL)
        return -1;
    *out = strdup(text);
    if (*out == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    return 0;
}

static PyObject *
both_equal(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *a, *b;
    char *first, *second;
    int same;

    if (!PyArg_ParseTuple(args, "OO:equal", &a, &b))
        return NULL;
    if (copy_text(a, &first) < 0)
        return NULL;
    if (copy_text(b, &second) < 0)
    {
        free(first);
        return NULL;
    }
    same = strcasecmp(first, second) == 0;
    free(first);
    free(second);
    return PyBool_FromLong(same);
}

static PyMethodDef bothequal_methods[] = {
    {"equal", both_equal, METH_VARARGS, PyDoc_STR("equal(...)")},
    {NULL, NULL, 0, NULL},
};

static int
bothequal_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot bothequal_slots[] = {
    {Py_mod_exec, bothequal_exec},
    {0, NULL},
};

static struct PyModuleDef bothequal_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "bothequal",
    .m_methods = bothequal_methods,
    .m_slots = bothequal_slots,
};

PyMODINIT_FUNC
PyInit_bothequal(void)
{
    return PyModuleDef_Init(&bothequal_module);
}
/* run: assert mod.equal("Ab", "aB") */
/* run: try: mod.equal("x" * 100, 5) */
/* run: except TypeError: pass */
