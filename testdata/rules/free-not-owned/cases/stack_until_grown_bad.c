/* A text begins on the stack and moves to the heap when it grows; its release does not ask where it is. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

struct text {
    char *at;
    size_t used, room;
    int grown;
};

static void
text_begin(struct text *text, char *place, size_t room)
{
    text->at = place;
    text->used = 0;
    text->room = room;
    text->grown = 0;
}

static int
text_add(struct text *text, const char *piece)
{
    size_t n = strlen(piece);

    if (n > text->room - text->used) {
        size_t room = 2 * (text->used + n);
        char *larger = malloc(room);

        if (larger == NULL)
            return -1;
        memcpy(larger, text->at, text->used);
        if (text->grown)
            free(text->at);
        text->at = larger;
        text->room = room;
        text->grown = 1;
    }
    memcpy(text->at + text->used, piece, n);
    text->used += n;
    return 0;
}

static void
text_end(struct text *text)
{
    free(text->at);
    text->at = NULL;
}

static PyObject *
text_twice(PyObject *Py_UNUSED(module), PyObject *word)
{
    char place[64];
    struct text text;
    PyObject *result = NULL;
    const char *piece = PyUnicode_AsUTF8(word);

    if (piece == NULL)
        return NULL;
    text_begin(&text, place, sizeof place);
    if (text_add(&text, piece) < 0 || text_add(&text, piece) < 0)
        PyErr_NoMemory();
    else
        result = PyUnicode_FromStringAndSize(text.at, (Py_ssize_t)text.used);
    text_end(&text); // expect: free-not-owned // because: 61, 66
    return result;
}

static PyMethodDef text_methods[] = {
    {"twice", text_twice, METH_O, PyDoc_STR("twice(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef text_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "text",
    .m_size = -1,
    .m_methods = text_methods,
};

PyMODINIT_FUNC
PyInit_text(void)
{
    return PyModule_Create(&text_module);
}

/* run: mod.twice("ab") */
/* run: assert mod.twice("abc" * 30) == "abc" * 60 */
/* dies: free\(\)|invalid pointer|signal */
