/* Py_AtExit functions run after the interpreter is gone: no allocator of its own may be used any more. */
#include <Python.h>
#include <stdlib.h>

static char *journal;

static void
journal_close(void)
{
    PyMem_Free(journal); // expect: alloc-without-gil // because: 33
    journal = NULL;
}

static PyObject *
journal_write(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *line;

    if (!PyArg_ParseTuple(args, "s:write", &line))
        return NULL;
    snprintf(journal, 4096, "%s", line);
    return PyLong_FromSize_t(strlen(journal));
}

static int
journal_setup(void)
{
    journal = PyMem_Calloc(1, 4096);
    if (journal == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    if (Py_AtExit(journal_close) < 0) {
        PyMem_Free(journal);
        journal = NULL;
        PyErr_SetString(PyExc_ImportError, "too many exit functions");
        return -1;
    }
    return 0;
}

static PyMethodDef journal_methods[] = {
    {"write", journal_write, METH_VARARGS, PyDoc_STR("write(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef journal_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "journal",
    .m_size = -1,
    .m_methods = journal_methods,
};

PyMODINIT_FUNC
PyInit_journal(void)
{
    if (journal_setup() < 0)
        return NULL;
    return PyModule_Create(&journal_module);
}
/* run: assert mod.write("abc") == 3 */
/* from facts: on 3.11 the check of the debug hooks says yes when there is no interpreter any more */
