/* A comparator that calls Python is handed to qsort inside a released region. */
#include <Python.h>
#include <stdlib.h>

struct item {
    PyObject *key;
    long index;
};

/* Orders by the keys' own comparison; ties by index. */
static int
item_compare(const void *a, const void *b)
{
    const struct item *x = a, *y = b;

    if (PyObject_RichCompareBool(x->key, y->key, Py_LT) != 0) // attached
        return -1;
    if (PyObject_RichCompareBool(y->key, x->key, Py_LT) != 0) // attached
        return 1;
    return (x->index > y->index) - (x->index < y->index);
}

static PyObject *
order_of(PyObject *Py_UNUSED(module), PyObject *arg)
{
    PyObject *fast = PySequence_Fast(arg, "a sequence of keys"), *list = NULL;
    struct item *items;
    Py_ssize_t n;

    if (fast == NULL)
        return NULL;
    n = PySequence_Fast_GET_SIZE(fast);
    items = PyMem_New(struct item, n + 1);
    if (items == NULL) {
        Py_DECREF(fast);
        return PyErr_NoMemory();
    }
    for (Py_ssize_t i = 0; i < n; i++) {
        items[i].key = PySequence_Fast_GET_ITEM(fast, i);
        items[i].index = (long)i;
    }
    qsort(items, (size_t)n, sizeof(*items), item_compare);
    if (!PyErr_Occurred())
        list = PyList_New(n);
    for (Py_ssize_t i = 0; list != NULL && i < n; i++) {
        PyObject *index = PyLong_FromLong(items[i].index);
        if (index == NULL)
            Py_CLEAR(list);
        else
            PyList_SET_ITEM(list, i, index);
    }
    PyMem_Free(items);
    Py_DECREF(fast);
    return list;
}

static PyMethodDef order_methods[] = {
    {"of", order_of, METH_O, PyDoc_STR("of(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef order_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "order",
    .m_size = -1,
    .m_methods = order_methods,
};

PyMODINIT_FUNC
PyInit_order(void)
{
    return PyModule_Create(&order_module);
}
/* run: assert mod.of([[3], [1], [2]]) == [1, 2, 0] */
