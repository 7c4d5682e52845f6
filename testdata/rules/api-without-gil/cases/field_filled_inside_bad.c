/* A field is cleared and its address given to a call that fills it; what came back is looked at inside. */
#include <Python.h>
#include <sys/stat.h>

struct entry {
    struct stat seen;
    int fd;
};

static PyObject *
entry_check(struct entry *entry)
{
    Py_BEGIN_ALLOW_THREADS
    entry->seen.st_mode = 0;
    fstat(entry->fd, &entry->seen);
    if (S_ISCHR(entry->seen.st_mode))
        PyErr_SetString(PyExc_ValueError, "a device"); // expect: api-without-gil // because: 13
    Py_END_ALLOW_THREADS
    if (PyErr_Occurred())
        return NULL;
    return PyLong_FromLongLong(entry->seen.st_size);
}

static PyObject *
entries_check(PyObject *Py_UNUSED(module), PyObject *arg)
{
    struct entry *entry = PyMem_Calloc(1, sizeof(*entry));
    PyObject *size = NULL;

    if (entry == NULL)
        return PyErr_NoMemory();
    entry->fd = (int)PyLong_AsLong(arg);
    if (!PyErr_Occurred())
        size = entry_check(entry);
    PyMem_Free(entry);
    return size;
}

static PyMethodDef entries_methods[] = {
    {"check", entries_check, METH_O, PyDoc_STR("check(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef entries_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "entries",
    .m_size = -1,
    .m_methods = entries_methods,
};

PyMODINIT_FUNC
PyInit_entries(void)
{
    return PyModule_Create(&entries_module);
}
/* run: mod.check(__import__("os").open("/dev/null", 0)) */
/* dies: signal 11|without holding the GIL */
