/* A pointer to a static table may be replaced by a loaded one; the release runs for both. */
#include <Python.h>
#include <stdint.h>
#include <string.h>

static uint8_t identity[256];

typedef struct {
    PyObject_HEAD
    uint8_t *map;
} Mapper;

static int
mapper_init(PyObject *op, PyObject *args, PyObject *Py_UNUSED(kwds))
{
    Mapper *self = (Mapper *)op;
    const char *from = NULL, *to = NULL;

    if (!PyArg_ParseTuple(args, "|yy:Mapper", &from, &to))
        return -1;
    if (self->map != NULL) {
        PyErr_SetString(PyExc_RuntimeError, "initialised already");
        return -1;
    }
    for (int i = 0; i < 256; i++)
        identity[i] = (uint8_t)i;
    if (from == NULL || to == NULL || strlen(from) != strlen(to)) {
        self->map = identity;
        return 0;
    }
    self->map = PyMem_Malloc(256);
    if (self->map == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    memcpy(self->map, identity, 256);
    for (size_t i = 0; from[i]; i++)
        self->map[(uint8_t)from[i]] = (uint8_t)to[i];
    return 0;
}

static void
mapper_dealloc(PyObject *op)
{
    Mapper *self = (Mapper *)op;

    PyMem_Free(self->map); // expect: free-not-owned
    Py_TYPE(op)->tp_free(op);
}

static PyTypeObject MapperType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "mapper.Mapper",
    .tp_basicsize = sizeof(Mapper),
    .tp_dealloc = mapper_dealloc,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_init = mapper_init,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef mapper_module = {
    PyModuleDef_HEAD_INIT, "mapper", NULL, -1, NULL, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_mapper(void)
{
    PyObject *m = PyModule_Create(&mapper_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &MapperType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: m = mod.Mapper(b"a", b"b"); del m; m = mod.Mapper(); del m */
/* dies: bad ID|signal */
