/* An object is initialised over memory of another domain; dead ones wait in a list for the next. */
#include <Python.h>

typedef struct handle {
    PyObject_HEAD
    long id;
    struct handle *next;
} Handle;

static PyTypeObject HandleType;
static Handle *spare;

static void
handle_dealloc(PyObject *op)
{
    ((Handle *)op)->next = spare;
    spare = (Handle *)op;
}

static PyTypeObject HandleType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "handle.Handle",
    .tp_basicsize = sizeof(Handle),
    .tp_dealloc = handle_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
};

static PyObject *
handle_open(PyObject *Py_UNUSED(module), PyObject *arg)
{
    long id = PyLong_AsLong(arg);
    Handle *h;

    if (id == -1 && PyErr_Occurred())
        return NULL;
    h = spare;
    if (h != NULL)
        spare = h->next;
    else
        h = PyObject_Malloc(sizeof(*h)); // the object domain
    if (h == NULL)
        return PyErr_NoMemory();
    PyObject_Init((PyObject *)h, &HandleType);
    h->id = id;
    return (PyObject *)h;
}

static PyMethodDef handle_methods[] = {
    {"open", handle_open, METH_O, PyDoc_STR("open(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef handle_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "handle",
    .m_size = -1,
    .m_methods = handle_methods,
};

PyMODINIT_FUNC
PyInit_handle(void)
{
    PyObject *m = PyModule_Create(&handle_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &HandleType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: h = mod.open(3); del h */
