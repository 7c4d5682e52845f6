/* longjmp leaves the block for the error exit at the top. */
#include <Python.h>
#include <setjmp.h>
#include <string.h>

typedef struct {
    PyObject_HEAD
    char text[64];
} Nest;

struct parser {
    const char *at;
    int depth;
    PyThreadState *ts;
    jmp_buf failed;
};

static void
parse(struct parser *p)
{
    while (*p->at) {
        char c = *p->at++;
        if (c == '[')
            p->depth++;
        else if (c == ']' && p->depth-- == 0)
            longjmp(p->failed, 1);
    }
}

/* Truth of a text: whether its brackets are balanced. */
static int
nest_bool(PyObject *op)
{
    struct parser p = {.at = ((Nest *)op)->text};

    if (setjmp(p.failed) != 0) {
        return 0; // expect: gil-unbalanced
    }
    p.ts = PyEval_SaveThread();
    parse(&p);
    PyEval_RestoreThread(p.ts);
    return p.depth == 0;
}

static int
nest_init(PyObject *op, PyObject *args, PyObject *Py_UNUSED(kwds))
{
    const char *text;

    if (!PyArg_ParseTuple(args, "s:Nest", &text))
        return -1;
    strncpy(((Nest *)op)->text, text, 63);
    return 0;
}

static PyNumberMethods nest_as_number = {
    .nb_bool = nest_bool,
};

static PyTypeObject NestType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "nest.Nest",
    .tp_basicsize = sizeof(Nest),
    .tp_as_number = &nest_as_number,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_init = nest_init,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef nest_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "nest",
    .m_size = -1,
    .m_methods = NULL,
};

PyMODINIT_FUNC
PyInit_nest(void)
{
    PyObject *m = PyModule_Create(&nest_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &NestType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: assert mod.Nest("[[]]"); assert not mod.Nest("["); assert not mod.Nest("]") */
/* dies: signal|Fatal Python error */
