/* --to pymem. What is left out has nothing to do with the block. */
#include <Python.h>
#include <stdlib.h>

struct pool {
    char *pages;
    int size;
};

static int pool_open(struct pool *pool)
{
#ifdef HAVE_STRANGE_PAGES
    pool->size = 8192;
#else
    pool->size = 4096;
#endif
    pool->pages = malloc((size_t)pool->size); // plan: movable
    return pool->pages ? 0 : -1;
}

static PyObject *use(PyObject *self, PyObject *args)
{
    struct pool pool;

    (void)self;
    (void)args;
    if (pool_open(&pool) < 0)
        return PyErr_NoMemory();
    free(pool.pages); // plan: movable
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {{"use", use, METH_NOARGS, NULL}, {NULL, NULL, 0, NULL}};
PyMethodDef *use_methods(void)
{
    return methods;
}
