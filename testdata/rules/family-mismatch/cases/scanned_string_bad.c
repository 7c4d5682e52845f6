/* sscanf with the m modifier allocates by libc. */
#include <Python.h>
#include <stdio.h>
#include <stdlib.h>

static PyObject *
assignment_name(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *line;
    char *name = NULL;
    long value;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "s:name", &line))
        return NULL;
    if (sscanf(line, "%m[a-z]=%ld", &name, &value) != 2) {
        free(name);
        return PyErr_Format(PyExc_ValueError, "no assignment");
    }
    result = Py_BuildValue("sl", name, value);
    PyMem_Free(name); // expect: family-mismatch // because: 16
    return result;
}

static PyMethodDef assignment_methods[] = {
    {"name", assignment_name, METH_VARARGS, PyDoc_STR("name(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef assignment_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "assignment",
    .m_size = -1,
    .m_methods = assignment_methods,
};

PyMODINIT_FUNC
PyInit_assignment(void)
{
    return PyModule_Create(&assignment_module);
}
/* run: assert mod.name("abc=5") == ("abc", 5) */
/* dies: bad ID|signal */
