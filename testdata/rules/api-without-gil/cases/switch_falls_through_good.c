/* A case without break runs into the one that raises. */
#include <Python.h>

enum { OP_KEEP, OP_DOUBLE, OP_FAIL };

static PyObject *
opcodes_run(PyObject *Py_UNUSED(module), PyObject *arg)
{
    unsigned long value = 1;
    int failed = 0;
    char *code;
    Py_ssize_t n;

    if (PyBytes_AsStringAndSize(arg, &code, &n) < 0)
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t i = 0; i < n && !failed; i++) {
        switch (code[i]) {
        case OP_KEEP:
            break;
        case OP_DOUBLE:
            value *= 2;
            break;
        default:
            failed = 1;
        }
    }
    Py_END_ALLOW_THREADS
    if (failed)
        PyErr_Format(PyExc_ValueError, "bad opcode in %zd bytes", n);
    return failed ? NULL : PyLong_FromUnsignedLong(value);
}

static PyMethodDef opcodes_methods[] = {
    {"run", opcodes_run, METH_O, PyDoc_STR("run(...)")},
    {NULL, NULL, 0, NULL},
};

static int
opcodes_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot opcodes_slots[] = {
    {Py_mod_exec, opcodes_exec},
    {0, NULL},
};

static struct PyModuleDef opcodes_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "opcodes",
    .m_methods = opcodes_methods,
    .m_slots = opcodes_slots,
};

PyMODINIT_FUNC
PyInit_opcodes(void)
{
    return PyModuleDef_Init(&opcodes_module);
}
/* run: mod.run(b"\0\0") */
/* run: try: mod.run(b"\1") */
/* run: except ValueError: pass */
/* run: try: mod.run(b"\7") */
/* run: except ValueError: pass */
