/* One function empties a state: the rows of its table, then its text, if any. A short text leaves without it. */
#include <Python.h>
#include <string.h>

struct row {
    struct row *next;
    Py_ssize_t at;
};

struct state {
    struct row *rows[4];
    char *text;
};

static void
state_clear(struct state *state)
{
    if (state == NULL)
        return;
    for (int i = 0; i < 4; i++)
        while (state->rows[i] != NULL) {
            struct row *row = state->rows[i];
            state->rows[i] = row->next;
            PyMem_Free(row);
        }
    if (state->text != NULL)
        PyMem_Free(state->text);
    memset(state, 0, sizeof(*state));
}

static PyObject *
blanks_text(PyObject *Py_UNUSED(module), PyObject *args)
{
    struct state state;
    Py_ssize_t n;
    PyObject *result = NULL;

    if (!PyArg_ParseTuple(args, "n:text", &n))
        return NULL;
    memset(&state, 0, sizeof(state));
    state.text = PyMem_Calloc(1, 100);
    if (state.text == NULL)
        return PyErr_NoMemory();
    if (n < 1 || n > 99)
        return PyErr_Format(PyExc_ValueError, "too short or too long"); // expect: leak-on-path // because: 41
    memset(state.text, ' ', (size_t)n);
    result = PyUnicode_FromString(state.text);
    state_clear(&state);
    return result;
}

static PyMethodDef blanks_methods[] = {
    {"text", blanks_text, METH_VARARGS, PyDoc_STR("text(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef blanks_module = {
    PyModuleDef_HEAD_INIT, "blanks", NULL, -1, blanks_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_blanks(void)
{
    return PyModule_Create(&blanks_module);
}
/* run: assert mod.text(2) == "  " */
/* run: try: mod.text(0) */
/* run: except ValueError: pass */
/* leaks: blanks_text */
