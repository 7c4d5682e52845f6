/* --to pymem. Code that nobody shows gets the record, by its address, and knows what is in it. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

struct record {
    char *text;
    int length;
};
extern void show(struct record *record);

static PyObject *use(PyObject *self, PyObject *arg)
{
    struct record record = {malloc(8), 8}, copy; // plan: not-movable passed-to-unknown
    (void)self;
    memcpy(&copy, &record, sizeof copy);
    show(&record);
    free(copy.text); // plan: not-movable passed-to-unknown
    (void)arg;
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_O, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *record_methods(void)
{
    return methods;
}
