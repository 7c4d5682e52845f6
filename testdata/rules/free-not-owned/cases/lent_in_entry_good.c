/* An entry of a queue keeps the bytes of an object; the entry's own function releases them with the rest. */
#include <Python.h>
#include <stdlib.h>
#include <string.h>

struct entry {
    struct entry *next;
    char *label;
    char *body;
    Py_ssize_t size;
};

static struct entry *queue;

static void
entry_end(struct entry *entry)
{
    free(entry->label);
    free(entry->body);
    free(entry);
}

static struct entry *
entry_new(const char *label, PyObject *body)
{
    struct entry *entry = calloc(1, sizeof *entry);

    if (entry == NULL)
        return NULL;
    entry->label = strdup(label);
    if (entry->label == NULL) {
        free(entry);
        return NULL;
    }
    entry->size = PyBytes_Size(body);
    if (entry->size < 0)
        entry->size = 0;
    entry->body = malloc(entry->size + 1);
    if (entry->body != NULL && entry->size > 0)
        memcpy(entry->body, PyBytes_AsString(body), entry->size);
    return entry;
}

static PyObject *
queue_put(PyObject *Py_UNUSED(module), PyObject *body)
{
    struct entry *entry = entry_new("new", body);

    if (entry == NULL)
        return PyErr_NoMemory();
    entry->next = queue;
    queue = entry;
    return PyLong_FromSsize_t(entry->size);
}

static PyObject *
queue_drop(PyObject *Py_UNUSED(module), PyObject *Py_UNUSED(arg))
{
    struct entry *entry = queue;

    if (entry != NULL) {
        queue = entry->next;
        entry_end(entry);
    }
    Py_RETURN_NONE;
}

static PyMethodDef queue_methods[] = {
    {"put", queue_put, METH_O, PyDoc_STR("put(...)")},
    {"drop", queue_drop, METH_NOARGS, PyDoc_STR("drop(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef queue_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "queue",
    .m_size = -1,
    .m_methods = queue_methods,
};

PyMODINIT_FUNC
PyInit_queue(void)
{
    return PyModule_Create(&queue_module);
}

/* run: assert mod.put(b"abc") == 3 */
/* run: mod.drop() */
