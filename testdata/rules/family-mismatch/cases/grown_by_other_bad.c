/* A buffer grows in a helper by the wrong family: what it stores back is the same block, no second origin. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

struct text {
    char *base;
    size_t length, room;
};

static int
text_begin(struct text *t)
{
    t->length = 0;
    t->room = 16;
    t->base = PyMem_Malloc(t->room);
    if (t->base == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    return 0;
}

static int
text_add(struct text *t, const char *word, size_t n)
{
    if (t->length + n > t->room) {
        char *base = t->base, *more = realloc(base, t->length + 2 * n); // expect: family-mismatch // because: 16, 16, 28

        if (more == NULL) {
            PyErr_NoMemory();
            return -1;
        }
        t->base = more;
        t->room = t->length + 2 * n;
    }
    memcpy(t->base + t->length, word, n);
    t->length += n;
    return 0;
}

static void
text_end(struct text *t)
{
    PyMem_Free(t->base);
}

static PyObject *
text_double(PyObject *Py_UNUSED(module), PyObject *arg)
{
    Py_ssize_t n;
    const char *word = PyUnicode_AsUTF8AndSize(arg, &n);
    PyObject *result = NULL;
    struct text t;

    if (word == NULL || text_begin(&t) < 0)
        return NULL;
    if (text_add(&t, word, (size_t)n) == 0 && text_add(&t, word, (size_t)n) == 0)
        result = PyUnicode_FromStringAndSize(t.base, (Py_ssize_t)t.length);
    text_end(&t);
    return result;
}

static PyMethodDef growtext_methods[] = {
    {"double", text_double, METH_O, PyDoc_STR("double(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef growtext_module = {
    PyModuleDef_HEAD_INIT, "growtext", NULL, -1, growtext_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_growtext(void)
{
    return PyModule_Create(&growtext_module);
}
/* run: assert mod.double("ab" * 20) == "ab" * 40 */
/* dies: bad ID|signal|invalid */
