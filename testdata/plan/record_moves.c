/* --to pymem. Code that nobody shows gets the address of the record, but cannot know its type. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

struct record {
    char *text;
    int length;
};
extern void show(const void *record, int size);

static PyObject *use(PyObject *self, PyObject *arg)
{
    struct record record = {malloc(8), 8}, copy; // plan: movable
    (void)self;
    memcpy(&copy, &record, sizeof copy);
    show(&record.length, (int)sizeof record.length);
    free(copy.text); // plan: movable
    (void)arg;
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_O, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *record_methods(void)
{
    return methods;
}
