/* Dropping a reference says whether it was the last one; an empty page keeps its only one. */
#include <Python.h>
#include <string.h>

struct page {
    int refs;
    char text[32];
};

static struct page *shown;

static struct page *
page_new(const char *text)
{
    struct page *page = PyMem_Calloc(1, sizeof *page);

    if (page == NULL)
        return NULL;
    page->refs = 1;
    strncpy(page->text, text, sizeof page->text - 1);
    return page;
}

/* 1: it was the last one. */
static int
page_drop(struct page *page)
{
    if (--page->refs > 0)
        return 0;
    PyMem_Free(page);
    return 1;
}

static PyObject *
pages_length(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *text;
    struct page *page;
    Py_ssize_t length;

    if (!PyArg_ParseTuple(args, "s:length", &text))
        return NULL;
    page = page_new(text);
    if (page == NULL)
        return PyErr_NoMemory();
    length = (Py_ssize_t)strlen(page->text);
    if (length == 0) {
        return PyErr_Format(PyExc_ValueError, "an empty page"); // expect: leak-on-path // because: 43
    }
    if (!page_drop(page))
        return PyErr_Format(PyExc_RuntimeError, "the page is still shown");
    return PyLong_FromSsize_t(length);
}

static PyObject *
pages_show(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *text;

    if (!PyArg_ParseTuple(args, "s:show", &text))
        return NULL;
    if (shown != NULL)
        page_drop(shown);
    shown = page_new(text);
    if (shown == NULL)
        return PyErr_NoMemory();
    Py_RETURN_NONE;
}

static PyMethodDef pages_methods[] = {
    {"length", pages_length, METH_VARARGS, PyDoc_STR("length(text)")},
    {"show", pages_show, METH_VARARGS, PyDoc_STR("show(text)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef pages_module = {
    PyModuleDef_HEAD_INIT, "pages", NULL, -1, pages_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_pages(void)
{
    return PyModule_Create(&pages_module);
}
/* run: assert mod.length("three") == 5; mod.show("a"); mod.show("b") */
/* run: try: mod.length("") */
/* run: except ValueError: pass */
/* leaks: page_new */
