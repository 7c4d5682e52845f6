/* --to pymem. A library takes the block back by a function of its own. */
#include <Python.h>
#include <netdb.h>
#include <stdlib.h>

static PyObject *use(PyObject *self, PyObject *args)
{
    struct addrinfo *list = malloc(sizeof *list); // plan: inconsistent taken-outside

    (void)self;
    (void)args;
    if (list == NULL)
        return PyErr_NoMemory();
    list->ai_next = NULL;
    if (list->ai_flags)
        freeaddrinfo(list);
    else
        free(list); // plan: inconsistent taken-outside
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *use_methods(void)
{
    return methods;
}
