/* --to pymem. The library takes its own list back, and nothing of ours. */
#include <Python.h>
#include <netdb.h>
#include <stdlib.h>

static PyObject *use(PyObject *self, PyObject *args)
{
    struct addrinfo *hints = malloc(sizeof *hints); // plan: movable
    struct addrinfo *list = NULL;

    (void)self;
    (void)args;
    if (hints == NULL)
        return PyErr_NoMemory();
    if (getaddrinfo("localhost", NULL, NULL, &list) == 0)
        freeaddrinfo(list);
    free(hints); // plan: movable
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *use_methods(void)
{
    return methods;
}
