/* A struct of allocator functions with members that do not belong together. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

struct heap {
    void *(*get)(size_t size);
    void (*put)(void *block);
};

static const struct heap heap = {PyMem_RawMalloc, PyMem_RawFree};

/* Number of distinct bytes, counted in a bitmap from the heap. */
static long
distinct(const struct heap *h, const unsigned char *bytes, Py_ssize_t n)
{
    unsigned char *seen = h->get(256);
    long count = 0;

    if (seen == NULL)
        return -1;
    memset(seen, 0, 256);
    for (Py_ssize_t i = 0; i < n; i++) {
        count += !seen[bytes[i]];
        seen[bytes[i]] = 1;
    }
    h->put(seen);
    return count;
}

static PyObject *
bitmap_distinct(PyObject *Py_UNUSED(module), PyObject *arg)
{
    Py_buffer view;
    long count;

    if (PyObject_GetBuffer(arg, &view, PyBUF_SIMPLE) < 0)
        return NULL;
    count = distinct(&heap, view.buf, view.len);
    PyBuffer_Release(&view);
    return count < 0 ? PyErr_NoMemory() : PyLong_FromLong(count);
}

static PyMethodDef bitmap_methods[] = {
    {"distinct", bitmap_distinct, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef bitmap_module = {
    PyModuleDef_HEAD_INIT, "bitmap", NULL, -1, bitmap_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_bitmap(void)
{
    return PyModule_Create(&bitmap_module);
}
/* run: assert mod.distinct(b"abca") == 3 */
