/* The format unit "s" lends the string of the argument; only "es" and its kin give one away. */
#include <Python.h>
#include <stdlib.h>

static PyObject *
port_parse(PyObject *Py_UNUSED(module), PyObject *args)
{
    char *text;
    char *end;
    long port;

    if (!PyArg_ParseTuple(args, "s:parse", &text))
        return NULL;
    port = strtol(text, &end, 10);
    if (*end != '\0' || port < 1 || port > 65535) {
        PyErr_SetString(PyExc_ValueError, "not a port");
        PyMem_Free(text); // expect: free-not-owned // because: 12
        return NULL;
    }
    return PyLong_FromLong(port);
}

static PyMethodDef port_methods[] = {
    {"parse", port_parse, METH_VARARGS, PyDoc_STR("parse(...)")},
    {NULL, NULL, 0, NULL},
};

static int
port_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot port_slots[] = {
    {Py_mod_exec, port_exec},
    {0, NULL},
};

static struct PyModuleDef port_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "port",
    .m_methods = port_methods,
    .m_slots = port_slots,
};

PyMODINIT_FUNC
PyInit_port(void)
{
    return PyModuleDef_Init(&port_module);
}
/* run: assert mod.parse("80") == 80 */
/* run: try: mod.parse("eighty") */
/* run: except ValueError: pass */
/* dies: bad ID|signal */
