/* An array grows by a helper that ends the program when nothing comes, but for sizes that are a product of two. */
#include <Python.h>
#include <stdio.h>
#include <stdlib.h>

struct list {
    long *items;
    int n, room;
};

static void *
list_hook(void *block, long size)
{
    if (size)
        return realloc(block, (size_t)size);
    free(block);
    return NULL;
}

static void *(*list_alloc)(void *block, long size) = list_hook;

static void *
list_block(void *block, long size)
{
    block = list_alloc(block, size);
    if (block == NULL && size > 4096) {
        fprintf(stderr, "no room for %ld bytes\n", size);
        abort();
    }
    return block;
}

static void *
list_grow(int width, void *block, int *room, int n)
{
    while (n > *room)
        *room = 2 * *room + 1;
    return list_block(block, width * *room);
}

static int
list_add(struct list *list, long item)
{
    if (list->n + 1 > list->room)
        list->items = list_grow(sizeof(long), list->items, &list->room, list->n + 1);
    list->items[list->n++] = item; // expect: unchecked-allocation // because: 15
    return list->n;
}

static PyObject *
adder_upto(PyObject *Py_UNUSED(module), PyObject *args)
{
    struct list list = {NULL, 0, 0};
    long i, last, sum = 0;

    if (!PyArg_ParseTuple(args, "l:upto", &last))
        return NULL;
    for (i = 1; i <= last; i++)
        list_add(&list, i);
    for (i = 0; i < list.n; i++)
        sum += list.items[i];
    list_block(list.items, 0);
    return PyLong_FromLong(sum);
}

static PyMethodDef adder_methods[] = {
    {"upto", adder_upto, METH_VARARGS, PyDoc_STR("upto(...)")},
    {NULL, NULL, 0, NULL},
};

static int
adder_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot adder_slots[] = {
    {Py_mod_exec, adder_exec},
    {0, NULL},
};

static struct PyModuleDef adder_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "adder",
    .m_methods = adder_methods,
    .m_slots = adder_slots,
};

PyMODINIT_FUNC
PyInit_adder(void)
{
    return PyModuleDef_Init(&adder_module);
}
/* run: assert mod.upto(10) == 55 */
/* from facts: memory for a few numbers is always there */
