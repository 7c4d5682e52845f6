/* --to pymem. The tree itself gets the record as it is. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

struct record {
    char *text;
    int length;
};
static int show(struct record record)
{
    return record.length;
}

static PyObject *use(PyObject *self, PyObject *arg)
{
    struct record record = {malloc(8), 8}, copy; // plan: movable
    (void)self;
    memcpy(&copy, &record, sizeof copy);
    (void)show(copy);
    free(copy.text); // plan: movable
    (void)arg;
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_O, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *record_methods(void)
{
    return methods;
}
