/* Functions that read each other in circles report a failure in a field; the copy is lost on that path. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    const char *at;
    int depth;
    int failed;
};

static void read_value(struct reader *reader);

/* (...) as a word: another value inside */
static void read_word(struct reader *reader)
{
    if (*reader->at == '!')
        reader->failed = 1;
    else if (*reader->at == '(' && reader->at++)
        read_value(reader);
    else if (*reader->at)
        reader->at++;
}

static void read_list(struct reader *reader);

static void read_value(struct reader *reader)
{
    if (*reader->at == '[' && reader->depth++ < 50)
        read_list(reader);
    else
        read_word(reader);
}

static void read_pair(struct reader *reader);

static void read_list(struct reader *reader)
{
    reader->at++;
    while (*reader->at && *reader->at != ']' && !reader->failed)
        if (*reader->at == '=')
            read_pair(reader);
        else
            read_value(reader);
}

static void read_group(struct reader *reader);

/* =[...] or ={...} */
static void read_pair(struct reader *reader)
{
    reader->at++;
    if (*reader->at == '{')
        read_group(reader);
    else if (*reader->at == '[')
        read_list(reader);
}

static void read_group(struct reader *reader)
{
    reader->at++;
    while (*reader->at == '=' && !reader->failed)
        read_pair(reader);
}

static PyObject *read_all(struct reader *reader, const char *text)
{
    char *copy;

    reader->at = text;
    reader->failed = 0;
    read_group(reader);
    copy = strdup(text);
    if (!copy)
        return PyErr_NoMemory();
    if (reader->failed)
        return PyErr_Format(PyExc_ValueError, "not a pair: '%s'", text); // expect: leak-on-path // because: 73
    copy[0] = '-';
    PyObject *result = PyUnicode_FromString(copy);
    free(copy);
    return result;
}

static PyObject *
pairs_read(PyObject *Py_UNUSED(module), PyObject *arg)
{
    const char *text = PyUnicode_AsUTF8(arg);
    struct reader reader = {0};

    if (!text)
        return NULL;
    return read_all(&reader, text);
}

static PyMethodDef pairs_methods[] = {
    {"read", pairs_read, METH_O, PyDoc_STR("read(text)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef pairs_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "pairs",
    .m_size = -1,
    .m_methods = pairs_methods,
};

PyMODINIT_FUNC
PyInit_pairs(void)
{
    return PyModule_Create(&pairs_module);
}

/* run: assert mod.read("{=[ab]") == "-=[ab]" */
/* run: exec("try: mod.read('{=[!]')\nexcept ValueError: pass") */
/* leaks: read_all */
