/* The block travels through a void * context member that the callback casts back. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

struct visitor {
    int (*visit)(const char *word, size_t n, void *context);
    void (*finish)(void *context);
    void *context;
};

struct longest {
    size_t n;
    char word[32];
};

static int
longest_visit(const char *word, size_t n, void *context)
{
    struct longest *l = context;

    if (n > l->n && n < sizeof(l->word)) {
        l->n = n;
        memcpy(l->word, word, n);
        l->word[n] = '\0';
    }
    return 0;
}

static void
longest_finish(void *context)
{
    PyMem_RawFree(context);
}

static void
each_word(const char *text, struct visitor *v)
{
    while (*text) {
        size_t n = strcspn(text, " ");
        v->visit(text, n, v->context);
        text += n + (text[n] == ' ');
    }
}

static PyObject *
visit_longest(PyObject *Py_UNUSED(module), PyObject *args)
{
    struct visitor v = {longest_visit, longest_finish, NULL};
    const char *text;
    PyObject *word;

    if (!PyArg_ParseTuple(args, "s:longest", &text))
        return NULL;
    v.context = PyMem_Calloc(1, sizeof(struct longest));
    if (v.context == NULL)
        return PyErr_NoMemory();
    each_word(text, &v);
    word = PyUnicode_FromString(((struct longest *)v.context)->word);
    v.finish(v.context); // expect: family-mismatch // because: 55
    return word;
}

static PyMethodDef visitor_methods[] = {
    {"longest", visit_longest, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef visitor_module = {
    PyModuleDef_HEAD_INIT, "visitor", NULL, -1, visitor_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_visitor(void)
{
    return PyModule_Create(&visitor_module);
}
/* run: assert mod.longest("a bcd ef") == "bcd" */
/* dies: bad ID|signal */
