/* strdup belongs to libc. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

static PyObject *
dsn_parse(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *dsn;
    char *work, *save = NULL, *pair;
    PyObject *dict;

    if (!PyArg_ParseTuple(args, "s:parse", &dsn))
        return NULL;
    work = strdup(dsn);
    if (work == NULL)
        return PyErr_NoMemory();
    dict = PyDict_New();
    for (pair = strtok_r(work, " ", &save); dict != NULL && pair != NULL; pair = strtok_r(NULL, " ", &save)) {
        char *equals = strchr(pair, '=');
        PyObject *value;

        if (equals == NULL)
            continue;
        *equals = '\0';
        value = PyUnicode_FromString(equals + 1);
        if (value == NULL || PyDict_SetItemString(dict, pair, value) < 0)
            Py_CLEAR(dict);
        Py_XDECREF(value);
    }
    free(work);
    return dict;
}

static PyMethodDef dsn_methods[] = {
    {"parse", dsn_parse, METH_VARARGS, PyDoc_STR("parse(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef dsn_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "dsn",
    .m_size = -1,
    .m_methods = dsn_methods,
};

PyMODINIT_FUNC
PyInit_dsn(void)
{
    return PyModule_Create(&dsn_module);
}
/* run: assert mod.parse("host=a port=1") == {"host": "a", "port": "1"} */
