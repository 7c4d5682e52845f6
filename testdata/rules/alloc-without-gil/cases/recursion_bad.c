/* A recursive builder allocates its nodes; the outermost call is made with the lock released. */
#include <Python.h>
#include <stdlib.h>

struct node {
    double key;
    struct node *left, *right;
};

static void
tree_free(struct node *t)
{
    if (t == NULL)
        return;
    tree_free(t->left);
    tree_free(t->right);
    PyMem_Free(t);
}

/* Balanced tree over sorted keys; NULL and *failed when memory runs out. */
static struct node *
tree_build(const double *keys, size_t n, int *failed)
{
    struct node *t;

    if (n == 0 || *failed)
        return NULL;
    t = PyMem_Malloc(sizeof(*t)); // expect: alloc-without-gil // because: 60, 61
    if (t == NULL) {
        *failed = 1;
        return NULL;
    }
    t->key = keys[n / 2];
    t->left = tree_build(keys, n / 2, failed);
    t->right = tree_build(keys + n / 2 + 1, n - n / 2 - 1, failed);
    return t;
}

static int
tree_depth(const struct node *t)
{
    int l, r;

    if (t == NULL)
        return 0;
    l = tree_depth(t->left);
    r = tree_depth(t->right);
    return 1 + (l > r ? l : r);
}

static PyObject *
tree_measure(PyObject *Py_UNUSED(module), PyObject *arg)
{
    struct node *root;
    Py_buffer keys;
    int failed = 0, depth = 0;

    if (PyObject_GetBuffer(arg, &keys, PyBUF_SIMPLE) < 0)
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    root = tree_build(keys.buf, (size_t)keys.len / sizeof(double), &failed);
    depth = tree_depth(root);
    Py_END_ALLOW_THREADS
    tree_free(root);
    PyBuffer_Release(&keys);
    if (failed)
        return PyErr_NoMemory();
    return PyLong_FromLong(depth);
}

static PyMethodDef baltree_methods[] = {
    {"measure", tree_measure, METH_O, PyDoc_STR("measure(...)")},
    {NULL, NULL, 0, NULL},
};

static int
baltree_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot baltree_slots[] = {
    {Py_mod_exec, baltree_exec},
    {0, NULL},
};

static struct PyModuleDef baltree_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "baltree",
    .m_methods = baltree_methods,
    .m_slots = baltree_slots,
};

PyMODINIT_FUNC
PyInit_baltree(void)
{
    return PyModuleDef_Init(&baltree_module);
}
/* run: import array; assert mod.measure(array.array("d", range(7))) == 3 */
/* dies: Python memory allocator called without holding the GIL */
