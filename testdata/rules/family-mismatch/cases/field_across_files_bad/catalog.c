/* A nested field is filled in one file and released in another, by different families. */
#include "table.h"

static int
catalog_init(PyObject *op, PyObject *args, PyObject *Py_UNUSED(kwds))
{
    Catalog *self = (Catalog *)op;
    const char *path;

    if (!PyArg_ParseTuple(args, "s:Catalog", &path))
        return -1;
    PyMem_Free(self->names.text); // expect: family-mismatch
    self->names.text = NULL;
    return table_load(&self->names, path);
}

static Py_ssize_t
catalog_length(PyObject *op)
{
    return ((Catalog *)op)->names.length;
}

static void
catalog_dealloc(PyObject *op)
{
    Catalog *self = (Catalog *)op;

    PyMem_Free(self->names.text); // expect: family-mismatch // because: loader.c:17
    Py_TYPE(op)->tp_free(op);
}

static PySequenceMethods catalog_as_sequence = {
    .sq_length = catalog_length,
};

static PyTypeObject CatalogType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "catalog.Catalog",
    .tp_basicsize = sizeof(Catalog),
    .tp_dealloc = catalog_dealloc,
    .tp_as_sequence = &catalog_as_sequence,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_init = catalog_init,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef catalog_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "catalog",
    .m_size = -1,
    .m_methods = NULL,
};

PyMODINIT_FUNC
PyInit_catalog(void)
{
    PyObject *m = PyModule_Create(&catalog_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &CatalogType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: c = mod.Catalog("/etc/hostname"); assert len(c) > 0; del c */
/* dies: bad ID|signal */
