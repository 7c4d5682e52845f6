/* --to pymem. Another system fills the same field with another allocator. */
#include <Python.h>
#include <stdlib.h>

struct pool {
    char *pages;
};

static int pool_open(struct pool *pool)
{
#ifdef HAVE_STRANGE_PAGES
    pool->pages = strange_pages(4096);
#else
    pool->pages = malloc(4096); // plan: not-movable skipped-code
#endif
    return pool->pages ? 0 : -1;
}

static PyObject *use(PyObject *self, PyObject *args)
{
    struct pool pool;

    (void)self;
    (void)args;
    if (pool_open(&pool) < 0)
        return PyErr_NoMemory();
    free(pool.pages); // plan: not-movable skipped-code
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *use_methods(void)
{
    return methods;
}
