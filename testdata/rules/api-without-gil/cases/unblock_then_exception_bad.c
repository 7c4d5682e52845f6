/* Py_UNBLOCK_THREADS reopens a region in the middle of a block; the raise stands behind it. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

static PyObject *
csv_fields(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *text;
    Py_ssize_t n;
    PyObject *warn;
    long fields = 1;
    int failed = 0;

    if (!PyArg_ParseTuple(args, "s#O:fields", &text, &n, &warn))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t i = 0; i < n && !failed; i++) {
        if (text[i] == ',')
            fields++;
        if (text[i] != '\0')
            continue;
        Py_BLOCK_THREADS
        PyObject *r = PyObject_CallFunction(warn, "s", "null byte in field");
        Py_UNBLOCK_THREADS
        Py_XDECREF(r); // expect: api-without-gil // because: 25
        failed = r == NULL;
    }
    Py_END_ALLOW_THREADS
    if (failed)
        return NULL;
    return PyLong_FromLong(fields);
}

static PyMethodDef csvfields_methods[] = {
    {"fields", csv_fields, METH_VARARGS, PyDoc_STR("fields(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef csvfields_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "csvfields",
    .m_size = -1,
    .m_methods = csvfields_methods,
};

PyMODINIT_FUNC
PyInit_csvfields(void)
{
    return PyModule_Create(&csvfields_module);
}
/* run: assert mod.fields("a,\0b,c", lambda m: m * 3) == 3 */
/* dies: without holding the GIL|signal 11 */
