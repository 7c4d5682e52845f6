/* --to pymem. Extern variables, and results by address: said to be nobody else's. */
#include <Python.h>
#include <stdlib.h>

struct state {
    char *text;
};
struct state state;
char *last;

int made(char **out)
{
    *out = malloc(8); // plan: movable +exported
    return *out != NULL;
}

static PyObject *use(PyObject *self, PyObject *arg)
{
    char *result;
    (void)self;
    (void)arg;
    if (made(&result))
        free(result); // plan: movable +exported
    state.text = malloc(8); // plan: movable +exported
    free(state.text); // plan: movable +exported
    last = malloc(8); // plan: movable +exported
    free(last); // plan: movable +exported
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_O, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *variable_methods(void)
{
    return methods;
}
