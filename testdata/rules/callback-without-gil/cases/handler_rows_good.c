/* A table's rows pair a setter with the handler that it registers; one handler of them asks for no lock. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <expat.h>
#include <string.h>

typedef void (*raw_handler)(void);

static PyObject *seen;

static void
on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
    PyGILState_STATE state = PyGILState_Ensure();
    PyObject *text = PyUnicode_FromString(name);

    if (text == NULL || PyList_Append(seen, text) < 0)
        PyErr_WriteUnraisable(seen);
    Py_XDECREF(text);
    PyGILState_Release(state);
}

static void
on_comment(void *data, const XML_Char *words)
{
    PyGILState_STATE state = PyGILState_Ensure();
    PyObject *text = PyUnicode_FromString(words);

    if (text == NULL || PyList_Append(seen, text) < 0)
        PyErr_WriteUnraisable(seen);
    Py_XDECREF(text);
    PyGILState_Release(state);
}

static void
set_start(XML_Parser parser, raw_handler handler)
{
    XML_SetStartElementHandler(parser, (XML_StartElementHandler)handler);
}

static void
set_comment(XML_Parser parser, raw_handler handler)
{
    XML_SetCommentHandler(parser, (XML_CommentHandler)handler);
}

static const struct row {
    const char *name;
    void (*set)(XML_Parser, raw_handler);
    raw_handler handler;
} rows[] = {
    {"start", set_start, (raw_handler)on_start},
    {"comment", set_comment, (raw_handler)on_comment},
};

static PyObject *
events_seen(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *name, *text;
    Py_ssize_t size;
    enum XML_Status status;
    XML_Parser parser;

    if (!PyArg_ParseTuple(args, "ss#", &name, &text, &size))
        return NULL;
    parser = XML_ParserCreate("utf-8");
    if (parser == NULL)
        return PyErr_NoMemory();
    Py_XSETREF(seen, PyList_New(0));
    for (size_t i = 0; seen != NULL && i < Py_ARRAY_LENGTH(rows); i++)
        if (strcmp(rows[i].name, name) == 0)
            rows[i].set(parser, rows[i].handler);
    Py_BEGIN_ALLOW_THREADS
    status = XML_Parse(parser, text, (int)size, 1);
    Py_END_ALLOW_THREADS
    XML_ParserFree(parser);
    if (status != XML_STATUS_OK)
        return PyErr_Format(PyExc_ValueError, "not well-formed");
    return Py_XNewRef(seen);
}

static PyMethodDef events_methods[] = {
    {"seen", events_seen, METH_VARARGS, PyDoc_STR("seen(handler, text) -> list")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef events_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "events",
    .m_size = -1,
    .m_methods = events_methods,
};

PyMODINIT_FUNC
PyInit_events(void)
{
    return PyModule_Create(&events_module);
}
/* link: -lexpat */
/* run: assert mod.seen("comment", "<a><!--one--><b/></a>") == ["one"] */
