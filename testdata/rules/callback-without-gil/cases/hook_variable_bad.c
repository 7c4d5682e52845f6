/* A hook variable of the C library is set once; the library calls through it wherever it likes. */
#include <Python.h>
#include <error.h>
#include <stdio.h>

static PyObject *prefix;

static void
print_prefix(void)
{
    PyObject *line = PyUnicode_FromFormat("[%U] ", prefix);

    if (line != NULL)
        PySys_FormatStderr("%U", line);
    Py_XDECREF(line);
}

static PyObject *
warner_set(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *text;

    if (!PyArg_ParseTuple(args, "U:set", &text))
        return NULL;
    Py_XSETREF(prefix, Py_NewRef(text));
    error_print_progname = print_prefix; // expect: callback-without-gil
    Py_RETURN_NONE;
}

static PyObject *
warner_warn(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *text;

    if (!PyArg_ParseTuple(args, "s:warn", &text))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    error(0, 0, "%s", text);
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}

static PyMethodDef warner_methods[] = {
    {"set", warner_set, METH_VARARGS, PyDoc_STR("set(...)")},
    {"warn", warner_warn, METH_VARARGS, PyDoc_STR("warn(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef warner_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "warner",
    .m_size = -1,
    .m_methods = warner_methods,
};

PyMODINIT_FUNC
PyInit_warner(void)
{
    return PyModule_Create(&warner_module);
}
/* run: mod.set("mod"); mod.warn("x") */
/* dies: without holding the GIL|signal 11 */
