/* An array of texts that GLib split: its texts are taken out one by one, the array goes back alone. */
#include <Python.h>

typedef char gchar;
gchar **g_strsplit(const gchar *string, const gchar *delimiter, int max_tokens);
gchar *g_strdup(const gchar *string);
void *g_malloc0_n(size_t n, size_t size);
void g_strfreev(gchar **array);
void g_free(void *mem);

/* The part before the first colon; *REST is what follows, or NULL. */
static gchar *
head_of(const char *line, gchar **rest)
{
    gchar **parts = g_strsplit(line, ":", 2), *first = parts[0];

    *rest = first != NULL ? parts[1] : NULL;
    g_free(parts);
    return first;
}

/* The words of a list, as GLib keeps them. */
static gchar **
words_of(PyObject *list)
{
    Py_ssize_t n = PyList_GET_SIZE(list);
    gchar **words = g_malloc0_n((size_t)n + 1, sizeof *words);

    for (Py_ssize_t i = 0; i < n; i++) {
        const char *text = PyUnicode_AsUTF8(PyList_GET_ITEM(list, i));
        if (text == NULL) {
            g_strfreev(words);
            return NULL;
        }
        words[i] = g_strdup(text);
    }
    return words;
}

static PyObject *
split_head(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *line;
    PyObject *result;
    gchar *head, *rest;

    if (!PyArg_ParseTuple(args, "s:head", &line))
        return NULL;
    head = head_of(line, &rest);
    result = Py_BuildValue("(zz)", head, rest);
    g_free(head);
    g_free(rest);
    return result;
}

static PyObject *
count_words(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *list;
    gchar **words;
    long n = 0;

    if (!PyArg_ParseTuple(args, "O!:count", &PyList_Type, &list))
        return NULL;
    words = words_of(list);
    if (words == NULL)
        return NULL;
    while (words[n] != NULL)
        n++;
    g_strfreev(words);
    return PyLong_FromLong(n);
}

static PyMethodDef texts_methods[] = {
    {"head", split_head, METH_VARARGS, PyDoc_STR("head(line)")},
    {"count", count_words, METH_VARARGS, PyDoc_STR("count(words)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef texts_module = {
    PyModuleDef_HEAD_INIT, "texts", NULL, 0, texts_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_texts(void)
{
    return PyModule_Create(&texts_module);
}
