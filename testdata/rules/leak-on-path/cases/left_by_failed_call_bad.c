/* A call fails, but may have left a block in a record that was never set: who gets it cannot tell. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

struct pair {
    char *key, *value;
};

static int
copy_text(PyObject *object, char **out)
{
    const char *text = PyUnicode_AsUTF8(object);

    if (text == NULL)
        return -1;
    *out = strdup(text);
    if (*out == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    return 0;
}

static int
pair_read(struct pair *pair, PyObject *key, PyObject *value)
{
    if (copy_text(key, &pair->key) < 0)
        return -1;
    if (copy_text(value, &pair->value) < 0)
        return -1;
    return 0;
}

static PyObject *
pair_same(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *key, *value;
    struct pair pair;
    int same;

    if (!PyArg_ParseTuple(args, "OO:same", &key, &value))
        return NULL;
    if (pair_read(&pair, key, value) < 0)
        return NULL; // expect: leak-on-path // because: 44, 17, 30
    same = strcmp(pair.key, pair.value) == 0;
    free(pair.key);
    free(pair.value);
    return PyBool_FromLong(same);
}

static PyMethodDef pairs_methods[] = {
    {"same", pair_same, METH_VARARGS, PyDoc_STR("same(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef pairs_module = {
    PyModuleDef_HEAD_INIT, "pairs", NULL, -1, pairs_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_pairs(void)
{
    return PyModule_Create(&pairs_module);
}
/* run: assert not mod.same("a", "b") */
/* run: try: mod.same("x" * 100, 5) */
/* run: except TypeError: pass */
/* leaks: copy_text */
