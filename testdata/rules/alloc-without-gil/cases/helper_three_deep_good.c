/* Allocation three calls below the function that releases the lock. */
#include <Python.h>
#include <string.h>

/* A growing list of offsets at which a needle was found. */
struct hits {
    size_t *at;
    size_t used, room;
    int failed;
};

static int
hits_reserve(struct hits *h, size_t want)
{
    size_t *bigger;

    if (want <= h->room)
        return 0;
    bigger = PyMem_RawRealloc(h->at, 2 * want * sizeof(*bigger));
    if (bigger == NULL)
        return -1;
    h->at = bigger;
    h->room = 2 * want;
    return 0;
}

static int
hits_push(struct hits *h, size_t offset)
{
    if (hits_reserve(h, h->used + 1) < 0) {
        h->failed = 1;
        return -1;
    }
    h->at[h->used++] = offset;
    return 0;
}

static void
scan(const char *text, size_t length, const char *needle, size_t width, struct hits *h)
{
    for (size_t i = 0; i + width <= length; i++) {
        if (memcmp(text + i, needle, width) == 0 && hits_push(h, i) < 0)
            return;
    }
}

static PyObject *
hits_as_list(const struct hits *h)
{
    PyObject *list = PyList_New((Py_ssize_t)h->used);

    if (list == NULL)
        return NULL;
    for (size_t i = 0; i < h->used; i++) {
        PyObject *offset = PyLong_FromSize_t(h->at[i]);
        if (offset == NULL) {
            Py_DECREF(list);
            return NULL;
        }
        PyList_SET_ITEM(list, (Py_ssize_t)i, offset);
    }
    return list;
}

static PyObject *
needle_find_all(PyObject *Py_UNUSED(module), PyObject *args)
{
    struct hits h = {NULL, 0, 0, 0};
    Py_buffer text, needle;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "y*y*:find_all", &text, &needle))
        return NULL;

    Py_BEGIN_ALLOW_THREADS
    scan(text.buf, (size_t)text.len, needle.buf, (size_t)needle.len, &h);
    Py_END_ALLOW_THREADS

    result = h.failed ? PyErr_NoMemory() : hits_as_list(&h);
    PyMem_RawFree(h.at);
    PyBuffer_Release(&text);
    PyBuffer_Release(&needle);
    return result;
}

static PyMethodDef needle_methods[] = {
    {"find_all", needle_find_all, METH_VARARGS, PyDoc_STR("find all(...)")},
    {NULL, NULL, 0, NULL},
};

static int
needle_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot needle_slots[] = {
    {Py_mod_exec, needle_exec},
    {0, NULL},
};

static struct PyModuleDef needle_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "needle",
    .m_methods = needle_methods,
    .m_slots = needle_slots,
};

PyMODINIT_FUNC
PyInit_needle(void)
{
    return PyModuleDef_Init(&needle_module);
}
/* run: assert mod.find_all(b"abcabc", b"bc") == [1, 4] */
