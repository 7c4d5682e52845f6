/* Handlers are registered with the lock held and run later, from a parse call inside a region. */
#include <Python.h>
#include <expat.h>

struct counter {
    PyObject *seen; /* set of element names */
    int failed;
};

static void
start_element(void *data, const XML_Char *name, const XML_Char **Py_UNUSED(attributes))
{
    struct counter *c = data;
    PyObject *text;

    text = PyUnicode_FromString(name);
    if (text == NULL || PySet_Add(c->seen, text) < 0)
        c->failed = 1;
    Py_XDECREF(text);
}

static PyObject *
elements_names(PyObject *Py_UNUSED(module), PyObject *arg)
{
    struct counter c = {NULL, 0};
    enum XML_Status status;
    Py_ssize_t n;
    const char *text = PyUnicode_AsUTF8AndSize(arg, &n);
    XML_Parser parser;

    if (text == NULL)
        return NULL;
    parser = XML_ParserCreate("utf-8");
    if (parser == NULL)
        return PyErr_NoMemory();
    c.seen = PySet_New(NULL);
    if (c.seen == NULL) {
        XML_ParserFree(parser);
        return NULL;
    }
    XML_SetUserData(parser, &c);
    XML_SetStartElementHandler(parser, start_element); // expect: callback-without-gil
    Py_BEGIN_ALLOW_THREADS
    status = XML_Parse(parser, text, (int)n, 1);
    Py_END_ALLOW_THREADS
    XML_ParserFree(parser);
    if (c.failed || status != XML_STATUS_OK) {
        Py_DECREF(c.seen);
        return c.failed ? NULL : PyErr_Format(PyExc_ValueError, "not well-formed");
    }
    return c.seen;
}

static PyMethodDef elements_methods[] = {
    {"names", elements_names, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef elements_module = {
    PyModuleDef_HEAD_INIT, "elements", NULL, -1, elements_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_elements(void)
{
    return PyModule_Create(&elements_module);
}
/* link: -lexpat */
/* run: assert mod.names("<alpha><beta/><beta/></alpha>") == {"alpha", "beta"} */
/* dies: without holding the GIL|signal 11 */
