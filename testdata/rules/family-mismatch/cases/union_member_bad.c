/* The block sits in one member of a union and goes back through the same member, by another family. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

struct value {
    enum { VALUE_NUMBER, VALUE_TEXT } kind;
    union {
        double number;
        char *text;
    } as;
};

static int
value_read(struct value *v, PyObject *object)
{
    if (PyUnicode_Check(object)) {
        const char *text = PyUnicode_AsUTF8(object);
        if (text == NULL)
            return -1;
        v->kind = VALUE_TEXT;
        v->as.text = strdup(text);
        if (v->as.text == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        return 0;
    }
    v->kind = VALUE_NUMBER;
    v->as.number = PyFloat_AsDouble(object);
    return v->as.number == -1.0 && PyErr_Occurred() ? -1 : 0;
}

static void
value_clear(struct value *v)
{
    if (v->kind == VALUE_TEXT)
        PyMem_RawFree(v->as.text); // expect: family-mismatch // because: 22
}

static PyObject *
value_kind(PyObject *Py_UNUSED(module), PyObject *arg)
{
    struct value v;
    long size;

    if (value_read(&v, arg) < 0)
        return NULL;
    size = v.kind == VALUE_TEXT ? (long)strlen(v.as.text) : (long)sizeof(double);
    value_clear(&v);
    return PyLong_FromLong(size);
}

static PyMethodDef valuekind_methods[] = {
    {"size", value_kind, METH_O, PyDoc_STR("size(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef valuekind_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "valuekind",
    .m_size = -1,
    .m_methods = valuekind_methods,
};

PyMODINIT_FUNC
PyInit_valuekind(void)
{
    return PyModule_Create(&valuekind_module);
}
/* run: assert mod.size(1.5) == 8; assert mod.size("abc") == 3 */
/* dies: bad ID|signal */
