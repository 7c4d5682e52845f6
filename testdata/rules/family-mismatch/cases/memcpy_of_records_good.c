/* Records move from one container to another by memcpy, and with them the blocks in their fields. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

struct record {
    char *key;
    long count;
};

struct shelf {
    struct record *records;
    Py_ssize_t used;
};

static int
shelf_clone(const struct shelf *from, struct shelf *to)
{
    to->records = PyMem_New(struct record, from->used + 1);
    if (to->records == NULL)
        return -1;
    memcpy(to->records, from->records, (size_t)from->used * sizeof(struct record));
    to->used = from->used;
    return 0;
}

static void
shelf_clear(struct shelf *s)
{
    for (Py_ssize_t i = 0; i < s->used; i++)
        PyMem_RawFree(s->records[i].key);
    PyMem_Free(s->records);
}

static int
record_fill(struct record *r, const char *key)
{
    size_t n = strlen(key) + 1;

    r->key = PyMem_RawMalloc(n);
    if (r->key == NULL)
        return -1;
    memcpy(r->key, key, n);
    r->count = 1;
    return 0;
}

static PyObject *
shelf_demo(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *key;
    struct record one;
    struct shelf first = {&one, 1}, second;
    PyObject *result;

    if (!PyArg_ParseTuple(args, "s:demo", &key))
        return NULL;
    if (record_fill(&one, key) < 0)
        return PyErr_NoMemory();
    if (shelf_clone(&first, &second) < 0) {
        PyMem_RawFree(one.key);
        return PyErr_NoMemory();
    }
    result = Py_BuildValue("sl", second.records[0].key, second.records[0].count);
    shelf_clear(&second);
    return result;
}

static PyMethodDef shelf_methods[] = {
    {"demo", shelf_demo, METH_VARARGS, PyDoc_STR("demo(...)")},
    {NULL, NULL, 0, NULL},
};

static int
shelf_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot shelf_slots[] = {
    {Py_mod_exec, shelf_exec},
    {0, NULL},
};

static struct PyModuleDef shelf_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "shelf",
    .m_methods = shelf_methods,
    .m_slots = shelf_slots,
};

PyMODINIT_FUNC
PyInit_shelf(void)
{
    return PyModuleDef_Init(&shelf_module);
}
/* run: assert mod.demo("k") == ("k", 1) */
