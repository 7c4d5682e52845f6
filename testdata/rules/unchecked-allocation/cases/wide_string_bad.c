/* PyUnicode_AsWideCharString fails for an embedded null character; the result is measured at once. */
#include <Python.h>
#include <wchar.h>

static PyObject *
wide_length(PyObject *Py_UNUSED(module), PyObject *arg)
{
    wchar_t *wide;
    size_t n;

    if (!PyUnicode_Check(arg))
        return PyErr_Format(PyExc_TypeError, "str wanted");
    wide = PyUnicode_AsWideCharString(arg, NULL);
    n = wcslen(wide); // expect: unchecked-allocation // because: 13
    PyMem_Free(wide);
    return PyLong_FromSize_t(n);
}

static PyMethodDef widelen_methods[] = {
    {"length", wide_length, METH_O, PyDoc_STR("length(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef widelen_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "widelen",
    .m_size = -1,
    .m_methods = widelen_methods,
};

PyMODINIT_FUNC
PyInit_widelen(void)
{
    return PyModule_Create(&widelen_module);
}
/* run: assert mod.length("abc") == 3 */
/* run: try: mod.length("a\0b") */
/* run: except ValueError: pass */
/* dies: signal 11 */
