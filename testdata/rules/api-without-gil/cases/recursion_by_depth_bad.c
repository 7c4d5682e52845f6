/* Two functions call each other; the outermost call gives the lock up, and an inner one raises. */
#include <Python.h>

struct node {
    struct node *left, *right;
    long value;
};
static long sum_node(struct node *n, int depth);

static long
sum_pair(struct node *n, int depth)
{
    long a = sum_node(n->left, depth + 1), b = sum_node(n->right, depth + 1);

    if (a < 0 || b < 0) {
        if (depth > 0)
            PyErr_SetString(PyExc_ValueError, "negative"); // expect: api-without-gil
        return -1;
    }
    return a + b;
}

static long
sum_node(struct node *n, int depth)
{
    PyThreadState *ts = NULL;
    long sum;

    if (n == NULL)
        return 0;
    if (depth == 0)
        ts = PyEval_SaveThread();
    sum = n->value < 0 ? -1 : sum_pair(n, depth + 1);
    if (depth == 0)
        PyEval_RestoreThread(ts);
    return sum < 0 ? sum : sum + n->value;
}

static PyObject *
total(PyObject *self, PyObject *args)
{
    struct node left = {NULL, NULL, 1}, right = {NULL, NULL, 2}, root = {&left, &right, 3};
    long sum;

    if (!PyArg_ParseTuple(args, "ll:total", &left.value, &right.value))
        return NULL;
    sum = sum_node(&root, 0);
    return sum < 0 ? NULL : PyLong_FromLong(sum);
}

static PyMethodDef sums_methods[] = {
    {"total", total, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef sums_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "sums",
    .m_size = -1,
    .m_methods = sums_methods,
};

PyMODINIT_FUNC
PyInit_sums(void)
{
    return PyModule_Create(&sums_module);
}

/* run: assert mod.total(4, 5) == 12 */
/* run: exec("try: mod.total(4, -5)\nexcept ValueError: pass") */
/* dies: signal 11|without holding the GIL */
