/* A struct is allocated and zeroed as a whole; another one only in part. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

struct parser {
    int state;
    long line;
    char word[64];
};

static PyObject *
wordlines_last(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *text;
    struct parser *p;
    char *partly;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "s:last", &text))
        return NULL;
    p = malloc(sizeof(*p));
    if (p == NULL)
        return PyErr_NoMemory();
    memset(p, 0, sizeof(*p)); // expect: malloc-then-zero // because: 22
    partly = malloc(64);
    if (partly == NULL) {
        free(p);
        return PyErr_NoMemory();
    }
    memset(partly, 0, 8);
    for (; *text; text++) {
        p->line += *text == '\n';
        p->word[p->line % 64] = *text;
        partly[p->line % 8] = *text;
    }
    result = Py_BuildValue("lc", p->line, partly[p->line % 8]);
    free(partly);
    free(p);
    return result;
}

static PyMethodDef wordlines_methods[] = {
    {"last", wordlines_last, METH_VARARGS, PyDoc_STR("last(...)")},
    {NULL, NULL, 0, NULL},
};

static int
wordlines_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot wordlines_slots[] = {
    {Py_mod_exec, wordlines_exec},
    {0, NULL},
};

static struct PyModuleDef wordlines_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "wordlines",
    .m_methods = wordlines_methods,
    .m_slots = wordlines_slots,
};

PyMODINIT_FUNC
PyInit_wordlines(void)
{
    return PyModuleDef_Init(&wordlines_module);
}
/* run: assert mod.last("a\nb") == (1, b"b") */
/* from facts: advice, not a fault */
