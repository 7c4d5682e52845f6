/* A text stands in a scratch record and in one of two sides, whose pointers may be one; an empty one in the scratch alone. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

struct side {
    char *text;
};

struct sides {
    struct side *left, *right;
};

struct scratch {
    char *text;
    size_t used;
};

static int
sides_fill(struct sides *sides, const char *text)
{
    struct scratch *scratch = malloc(sizeof *scratch);

    if (scratch == NULL)
        return -1;
    scratch->text = strdup(text);
    if (scratch->text == NULL) {
        free(scratch);
        return -1;
    }
    scratch->used = strlen(text);
    if (scratch->used == 0) {
        free(scratch->text);
        free(scratch);
        return -1;
    }
    sides->left->text = scratch->text;
    sides->right->text = NULL;
    free(scratch);
    return 0;
}

static PyObject *
sides_length(PyObject *Py_UNUSED(module), PyObject *arg)
{
    struct side left = {NULL}, right = {NULL};
    struct sides sides = {&left, &right};
    const char *text = PyUnicode_AsUTF8(arg);
    size_t n;

    if (text == NULL)
        return NULL;
    if (sides_fill(&sides, text) < 0) {
        PyErr_SetString(PyExc_ValueError, "no text");
        return NULL;
    }
    n = strlen(left.text);
    free(left.text);
    return PyLong_FromSize_t(n);
}

static PyMethodDef sides_methods[] = {
    {"length", sides_length, METH_O, PyDoc_STR("length(text)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef sides_module = {
    PyModuleDef_HEAD_INIT, "sides", NULL, -1, sides_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_sides(void)
{
    return PyModule_Create(&sides_module);
}
/* run: assert mod.length("four") == 4 */
/* run: try: mod.length("") */
/* run: except ValueError: pass */
