/* --to pymem. What an extern function returns leads to the blocks: said to be reached by nobody else. */
#include <Python.h>
#include <stdlib.h>

struct node {
    struct node *next;
    char *text;
};
static struct node *head;

struct node *first_node(void)
{
    return head;
}

struct own {
    char *text;
};

static PyObject *use(PyObject *self, PyObject *arg)
{
    struct node *node = malloc(sizeof *node); // plan: movable +exported
    struct own own;
    (void)self;
    if (!node)
        return PyErr_NoMemory();
    node->text = malloc(8); // plan: movable +exported
    node->next = head;
    head = node;
    if (arg == Py_None)
        return PyLong_FromLong(first_node() != NULL);
    head = node->next;
    free(node->text); // plan: movable +exported
    free(node); // plan: movable +exported
    own.text = malloc(8); // plan: movable
    free(own.text); // plan: movable
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_O, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *node_methods(void)
{
    return methods;
}
