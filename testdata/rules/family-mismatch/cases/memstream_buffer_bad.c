/* open_memstream fills its out-parameters when the stream is closed. */
#include <Python.h>
#include <stdio.h>
#include <stdlib.h>

static PyObject *
dump_hex(PyObject *Py_UNUSED(module), PyObject *arg)
{
    char *text = NULL;
    size_t length = 0;
    PyObject *result;
    Py_buffer view;
    FILE *out;

    if (PyObject_GetBuffer(arg, &view, PyBUF_SIMPLE) < 0)
        return NULL;
    out = open_memstream(&text, &length);
    if (out == NULL) {
        PyBuffer_Release(&view);
        return PyErr_NoMemory();
    }
    for (Py_ssize_t i = 0; i < view.len; i++)
        fprintf(out, i % 16 ? " %02x" : "%02x", ((unsigned char *)view.buf)[i]);
    fclose(out);
    PyBuffer_Release(&view);
    result = PyUnicode_FromStringAndSize(text, (Py_ssize_t)length);
    PyMem_Free(text); // expect: family-mismatch // because: 17
    return result;
}

static PyMethodDef dump_methods[] = {
    {"hex", dump_hex, METH_O, PyDoc_STR("hex(...)")},
    {NULL, NULL, 0, NULL},
};

static int
dump_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot dump_slots[] = {
    {Py_mod_exec, dump_exec},
    {0, NULL},
};

static struct PyModuleDef dump_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "dump",
    .m_methods = dump_methods,
    .m_slots = dump_slots,
};

PyMODINIT_FUNC
PyInit_dump(void)
{
    return PyModuleDef_Init(&dump_module);
}
/* run: assert mod.hex(b"AB") == "41 42" */
/* dies: bad ID|signal */
