/* The allocator is a member of a table of functions; the call goes through the pointer inside a region. */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <string.h>

struct mem_ops {
    void *(*get)(size_t size);
    void (*put)(void *block);
};

static void *
ops_get(size_t size)
{
    return PyMem_RawMalloc(size);
}

static void
ops_put(void *block)
{
    PyMem_RawFree(block);
}

static const struct mem_ops default_ops = {ops_get, ops_put};

/* Edit distance with two rows; -1 when there was no memory. */
static long
distance(const struct mem_ops *ops, const char *a, size_t n, const char *b, size_t m)
{
    size_t *row = ops->get((m + 1) * sizeof(*row));
    long result;

    if (row == NULL)
        return -1;
    for (size_t j = 0; j <= m; j++)
        row[j] = j;
    for (size_t i = 1; i <= n; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= m; j++) {
            size_t above = row[j], best = diagonal + (a[i - 1] != b[j - 1]);
            if (above + 1 < best)
                best = above + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            diagonal = above;
            row[j] = best;
        }
    }
    result = (long)row[m];
    ops->put(row);
    return result;
}

static PyObject *
edit_distance(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *a, *b;
    Py_ssize_t n, m;
    long d;

    if (!PyArg_ParseTuple(args, "s#s#:distance", &a, &n, &b, &m))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    d = distance(&default_ops, a, (size_t)n, b, (size_t)m);
    Py_END_ALLOW_THREADS
    if (d < 0)
        return PyErr_NoMemory();
    return PyLong_FromLong(d);
}

static PyMethodDef editdist_methods[] = {
    {"distance", edit_distance, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef editdist_module = {
    PyModuleDef_HEAD_INIT, "editdist", NULL, -1, editdist_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_editdist(void)
{
    return PyModule_Create(&editdist_module);
}
/* run: assert mod.distance("kitten", "sitting") == 3 */
