/* Released only for long input; a goto reaches a shared exit that raises after the lock is taken back. */
#include <Python.h>
#include <ctype.h>

static PyObject *
hexcount_distinct(PyObject *Py_UNUSED(module), PyObject *arg)
{
    PyThreadState *_save = NULL;
    unsigned char seen[16] = {0};
    const char *digits;
    Py_ssize_t n, i;
    long distinct = 0;
    int bad = 0;

    digits = PyUnicode_AsUTF8AndSize(arg, &n);
    if (digits == NULL)
        return NULL;
    if (n > 500)
        _save = PyEval_SaveThread();
    for (i = 0; i < n; i++) {
        unsigned char c = (unsigned char)digits[i];
        if (!isxdigit(c)) {
            bad = 1;
            goto finish;
        }
        int v = isdigit(c) ? c - '0' : tolower(c) - 'a' + 10;
        distinct += !seen[v];
        seen[v] = 1;
    }
finish:
    if (_save)
        PyEval_RestoreThread(_save);
    if (bad)
        PyErr_Format(PyExc_ValueError, "no hexadecimal digit at %zd", i);
    return bad ? NULL : PyLong_FromLong(distinct);
}

static PyMethodDef hexcount_methods[] = {
    {"distinct", hexcount_distinct, METH_O, PyDoc_STR("distinct(...)")},
    {NULL, NULL, 0, NULL},
};

static int
hexcount_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot hexcount_slots[] = {
    {Py_mod_exec, hexcount_exec},
    {0, NULL},
};

static struct PyModuleDef hexcount_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "hexcount",
    .m_methods = hexcount_methods,
    .m_slots = hexcount_slots,
};

PyMODINIT_FUNC
PyInit_hexcount(void)
{
    return PyModuleDef_Init(&hexcount_module);
}
/* run: try: mod.distinct("0g") */
/* run: except ValueError: pass */
/* run: try: mod.distinct("0" * 1000 + "g") */
/* run: except ValueError: pass */
