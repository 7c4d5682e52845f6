/* A guard compares the minor version, another has its number in front; one is for the wrong version. */
#include <Python.h>

static PyObject *
blank_page(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none))
{
    PyObject *result;
#if PY_MAJOR_VERSION >= 3 && PY_MINOR_VERSION >= 4
    char *page = PyMem_Calloc(80, 25); // expect: api-not-in-version
#else
    char *page = PyMem_Malloc(80 * 25);
    if (page != NULL)
        memset(page, 0, 80 * 25);
#endif

    if (page == NULL)
        return PyErr_NoMemory();
#if 0x03050000 <= PY_VERSION_HEX
    char *line = PyMem_Calloc(80, 1);
#else
    char *line = NULL;
#endif
    if (line != NULL)
        memcpy(page, line, 80);
    PyMem_Free(line);
    result = PyBytes_FromStringAndSize(page, 80 * 25);
    PyMem_Free(page);
    return result;
}

static PyMethodDef blank_methods[] = {
    {"page", blank_page, METH_NOARGS, PyDoc_STR("page(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef blank_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "blank",
    .m_size = -1,
    .m_methods = blank_methods,
};

PyMODINIT_FUNC
PyInit_blank(void)
{
    return PyModule_Create(&blank_module);
}
/* check: --python-min 3.4 */
/* run: assert mod.page() == b"\0" * 2000 */
/* from facts: no Python that old is at hand */
