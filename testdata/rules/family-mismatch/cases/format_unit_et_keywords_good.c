/* "et#" with keywords: the allocated buffer is the third of the variable arguments. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdlib.h>
#include <string.h>

static PyObject *
tag_wrap(PyObject *Py_UNUSED(module), PyObject *args, PyObject *kwds)
{
    static char *names[] = {"depth", "body", "name", NULL};
    const char *name = "p";
    char *body = NULL;
    Py_ssize_t length = 0;
    int depth;
    PyObject *html;

    if (!PyArg_ParseTupleAndKeywords(args, kwds, "iet#|s:wrap", names, &depth, "utf-8", &body, &length, &name))
        return NULL;
    html = PyUnicode_FromFormat("%*s<%s>%s</%s>", depth, "", name, body, name);
    PyMem_Free(body);
    return html;
}

static PyMethodDef tag_methods[] = {
    {"wrap", (PyCFunction)(void (*)(void))tag_wrap, METH_VARARGS | METH_KEYWORDS, PyDoc_STR("wrap(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef tag_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "tag",
    .m_size = -1,
    .m_methods = tag_methods,
};

PyMODINIT_FUNC
PyInit_tag(void)
{
    return PyModule_Create(&tag_module);
}
/* run: mod.wrap(2, "x", name="b") */
