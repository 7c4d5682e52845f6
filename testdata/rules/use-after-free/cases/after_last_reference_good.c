/* The error message reads a field of the object just made, then its only reference is dropped. */
#include <Python.h>

typedef struct {
    PyObject_HEAD
    long port;
    char *host;
} Endpoint;

static PyObject *known; /* host -> Endpoint */

static void
endpoint_dealloc(Endpoint *self)
{
    PyTypeObject *type = Py_TYPE(self);

    PyMem_Free(self->host);
    type->tp_free(self);
    Py_DECREF(type);
}

static PyObject *
endpoint_new(PyTypeObject *type, PyObject *args, PyObject *Py_UNUSED(kwargs))
{
    const char *host;
    long port;
    Endpoint *self;

    if (!PyArg_ParseTuple(args, "sl:Endpoint", &host, &port))
        return NULL;
    self = (Endpoint *)type->tp_alloc(type, 0);
    if (self == NULL)
        return NULL;
    self->port = port;
    self->host = PyMem_Malloc(strlen(host) + 1);
    if (self->host == NULL) {
        Py_DECREF(self);
        return PyErr_NoMemory();
    }
    strcpy(self->host, host);
    if (port < 0 || port > 65535) {
        PyErr_Format(PyExc_ValueError, "port %ld of %s", self->port, host);
        Py_DECREF(self);
        return NULL;
    }
    return (PyObject *)self;
}

static PyType_Slot endpoint_slots[] = {
    {Py_tp_new, endpoint_new},
    {Py_tp_dealloc, endpoint_dealloc},
    {0, NULL},
};

static PyType_Spec endpoint_spec = {
    .name = "endpoint.Endpoint",
    .basicsize = sizeof(Endpoint),
    .flags = Py_TPFLAGS_DEFAULT,
    .slots = endpoint_slots,
};

static void
point_dealloc(PyObject *self)
{
    PyObject_Free(self);
}

static PyTypeObject Point_Type = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "endpoint.Point",
    .tp_basicsize = sizeof(Endpoint),
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_dealloc = point_dealloc,
};

/* The dictionary holds a reference of its own: behind Py_DECREF the object lives on. */
static PyObject *
endpoint_register(PyObject *Py_UNUSED(module), PyObject *host)
{
    Endpoint *point = PyObject_New(Endpoint, &Point_Type);

    if (point == NULL)
        return NULL;
    point->host = NULL;
    point->port = 80;
    if (PyDict_SetItem(known, host, (PyObject *)point) < 0) {
        Py_DECREF(point);
        return NULL;
    }
    Py_DECREF(point);
    return PyLong_FromLong(point->port);
}

static PyMethodDef endpoint_methods[] = {
    {"register", endpoint_register, METH_O, PyDoc_STR("register(host)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef endpoint_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "endpoint",
    .m_size = -1,
    .m_methods = endpoint_methods,
};

PyMODINIT_FUNC
PyInit_endpoint(void)
{
    PyObject *module, *type;

    if (PyType_Ready(&Point_Type) < 0)
        return NULL;
    known = PyDict_New();
    module = known != NULL ? PyModule_Create(&endpoint_module) : NULL;
    type = module != NULL ? PyType_FromSpec(&endpoint_spec) : NULL;
    if (type == NULL || PyModule_AddObject(module, "Endpoint", type) < 0) {
        Py_XDECREF(type);
        Py_XDECREF(module);
        return NULL;
    }
    return module;
}
/* run: assert mod.register("b") == 80 */
/* run: mod.Endpoint("a", 22) */
/* run: try: mod.Endpoint("a", 70000) */
/* run: except ValueError: pass */
