/* Small inputs stay in a stack buffer, large ones go to the heap; the heap branch is released by libc. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

static PyObject *
slug_make(PyObject *Py_UNUSED(module), PyObject *arg)
{
    char small[64], *slug = small;
    Py_ssize_t n, w = 0;
    const char *text = PyUnicode_AsUTF8AndSize(arg, &n);
    PyObject *result;

    if (text == NULL)
        return NULL;
    if ((size_t)n > sizeof(small)) {
        slug = PyMem_Malloc((size_t)n);
        if (slug == NULL)
            return PyErr_NoMemory();
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        if (Py_ISALNUM(text[i]))
            slug[w++] = (char)Py_TOLOWER(text[i]);
        else if (w > 0 && slug[w - 1] != '-')
            slug[w++] = '-';
    }
    result = PyUnicode_FromStringAndSize(slug, w);
    if (slug != small)
        free(slug); // expect: family-mismatch // because: 17
    return result;
}

static PyMethodDef slug_methods[] = {
    {"make", slug_make, METH_O, PyDoc_STR("make(...)")},
    {NULL, NULL, 0, NULL},
};

static int
slug_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot slug_slots[] = {
    {Py_mod_exec, slug_exec},
    {0, NULL},
};

static struct PyModuleDef slug_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "slug",
    .m_methods = slug_methods,
    .m_slots = slug_slots,
};

PyMODINIT_FUNC
PyInit_slug(void)
{
    return PyModuleDef_Init(&slug_module);
}
/* run: assert mod.make("Hello, World") == "hello-world"; mod.make("x" * 100) */
/* dies: invalid pointer|signal */
