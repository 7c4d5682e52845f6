/* The strings of the interpreter's own configuration are not the caller's. */
#include <Python.h>
#include <wchar.h>

static PyObject *
whoami_name(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none))
{
    wchar_t *name = (wchar_t *)Py_GetProgramName();
    wchar_t *slash = name != NULL ? wcsrchr(name, L'/') : NULL;
    PyObject *text;

    if (name == NULL)
        Py_RETURN_NONE;
    text = PyUnicode_FromWideChar(slash != NULL ? slash + 1 : name, -1);
    return text;
}

static PyMethodDef whoami_methods[] = {
    {"name", whoami_name, METH_NOARGS, PyDoc_STR("name(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef whoami_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "whoami",
    .m_size = -1,
    .m_methods = whoami_methods,
};

PyMODINIT_FUNC
PyInit_whoami(void)
{
    return PyModule_Create(&whoami_module);
}
/* run: assert "python" in mod.name() */
