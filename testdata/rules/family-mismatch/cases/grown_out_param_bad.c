/* A helper grows what it reads and leaves it through two out-parameters; a caller's error path has another family. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

static int
twice(const char *text, size_t times, char **out, size_t *size)
{
    size_t room = 8, used = 0, n = strlen(text);
    char *copy = malloc(room);

    if (copy == NULL)
        return -1;
    while (times--) {
        if (used + n > room) {
            char *more = realloc(copy, 2 * (room + n));

            if (more == NULL) {
                free(copy);
                return -1;
            }
            copy = more;
            room = 2 * (room + n);
        }
        memcpy(copy + used, text, n);
        used += n;
    }
    *out = copy;
    *size = used;
    return 0;
}

static int
thrice(const char *text, char **out, size_t *size)
{
    return twice(text, 3, out, size);
}

static PyObject *
repeat_text(PyObject *Py_UNUSED(module), PyObject *arg)
{
    const char *text = PyUnicode_AsUTF8(arg);
    char *copy;
    PyObject *result;
    size_t n;

    if (text == NULL)
        return NULL;
    if (thrice(text, &copy, &n) < 0)
        return PyErr_NoMemory();
    if (n == 0) {
        PyMem_Free(copy); // expect: family-mismatch // because: 49, 12
        return PyErr_Format(PyExc_ValueError, "no text");
    }
    result = PyUnicode_FromStringAndSize(copy, (Py_ssize_t)n);
    free(copy);
    return result;
}

static PyMethodDef repeat_methods[] = {
    {"repeat", repeat_text, METH_O, PyDoc_STR("repeat(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef repeat_module = {
    PyModuleDef_HEAD_INIT, "repeat", NULL, -1, repeat_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_repeat(void)
{
    return PyModule_Create(&repeat_module);
}
/* run: assert mod.repeat("ab") == "ababab" */
/* run: try: mod.repeat("") */
/* run: except ValueError: pass */
/* dies: bad ID|signal|invalid */
