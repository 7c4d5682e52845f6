/* The entry of a C11 thread. */
#include <Python.h>
#include <string.h>
#include <threads.h>

struct slice {
    const unsigned char *bytes;
    size_t n;
    unsigned distinct;
};

static int
slice_main(void *arg)
{
    struct slice *s = arg;
    unsigned char *seen = PyMem_Calloc(256, 1); // expect: alloc-without-gil // because: 38

    if (seen == NULL)
        return 1;
    for (size_t i = 0; i < s->n; i++)
        s->distinct += !seen[s->bytes[i]]++;
    PyMem_Free(seen); // expect: alloc-without-gil // because: 38
    return 0;
}

static PyObject *
slices_distinct(PyObject *Py_UNUSED(module), PyObject *arg)
{
    struct slice s = {NULL, 0, 0};
    Py_buffer view;
    thrd_t thread;
    int failed = 1;

    if (PyObject_GetBuffer(arg, &view, PyBUF_SIMPLE) < 0)
        return NULL;
    s.bytes = view.buf;
    s.n = (size_t)view.len;
    if (thrd_create(&thread, slice_main, &s) == thrd_success) {
        Py_BEGIN_ALLOW_THREADS
        thrd_join(thread, &failed);
        Py_END_ALLOW_THREADS
    }
    PyBuffer_Release(&view);
    return failed ? PyErr_NoMemory() : PyLong_FromUnsignedLong(s.distinct);
}

static PyMethodDef slices_methods[] = {
    {"distinct", slices_distinct, METH_O, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef slices_module = {
    PyModuleDef_HEAD_INIT, "slices", NULL, -1, slices_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_slices(void)
{
    return PyModule_Create(&slices_module);
}
/* run: assert mod.distinct(b"abca") == 3 */
/* dies: Python memory allocator called without holding the GIL */
