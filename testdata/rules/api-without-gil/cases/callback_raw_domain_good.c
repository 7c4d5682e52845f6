/* An allocator of the raw domain counts in a Python object: raw memory is asked for without the lock. */
#include <Python.h>
#include <stdlib.h>

static PyMemAllocatorEx previous;
static unsigned long count; /* of bytes; approximate */

static void *
counted_malloc(void *context, size_t size)
{
    __atomic_fetch_add(&count, size, __ATOMIC_RELAXED);
    return previous.malloc(previous.ctx, size);
}

static void *
counted_calloc(void *context, size_t n, size_t size)
{
    return previous.calloc(previous.ctx, n, size);
}

static void *
counted_realloc(void *context, void *block, size_t size)
{
    return previous.realloc(previous.ctx, block, size);
}

static void
counted_free(void *context, void *block)
{
    previous.free(previous.ctx, block);
}

static PyObject *
rawcount_start(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none))
{
    PyMemAllocatorEx mine = {NULL, counted_malloc, counted_calloc, counted_realloc, counted_free};

    PyMem_GetAllocator(PYMEM_DOMAIN_RAW, &previous);
    PyMem_SetAllocator(PYMEM_DOMAIN_RAW, &mine);
    Py_RETURN_NONE;
}

static PyObject *
rawcount_probe(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(none))
{
    void *block;

    Py_BEGIN_ALLOW_THREADS
    block = PyMem_RawMalloc(1000);
    PyMem_RawFree(block);
    Py_END_ALLOW_THREADS
    Py_RETURN_NONE;
}

static PyMethodDef rawcount_methods[] = {
    {"start", rawcount_start, METH_NOARGS, NULL},
    {"probe", rawcount_probe, METH_NOARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef rawcount_module = {
    PyModuleDef_HEAD_INIT, "rawcount", NULL, -1, rawcount_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_rawcount(void)
{
    return PyModule_Create(&rawcount_module);
}
/* run: mod.start(); mod.probe() */
