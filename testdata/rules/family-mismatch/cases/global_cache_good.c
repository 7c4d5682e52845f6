/* A static table is made on first use and dropped in m_free, by another family. */
#include <Python.h>
#include <stdint.h>
#include <stdlib.h>

static uint32_t *crc_table;

static int
crc_table_make(void)
{
    crc_table = PyMem_RawMalloc(256 * sizeof(*crc_table));
    if (crc_table == NULL) {
        PyErr_NoMemory();
        return -1;
    }
    for (uint32_t i = 0; i < 256; i++) {
        uint32_t c = i;
        for (int k = 0; k < 8; k++)
            c = c & 1 ? 0xedb88320u ^ c >> 1 : c >> 1;
        crc_table[i] = c;
    }
    return 0;
}

static PyObject *
crc_of(PyObject *Py_UNUSED(module), PyObject *arg)
{
    uint32_t crc = 0xffffffffu;
    Py_buffer view;

    if (crc_table == NULL && crc_table_make() < 0)
        return NULL;
    if (PyObject_GetBuffer(arg, &view, PyBUF_SIMPLE) < 0)
        return NULL;
    for (Py_ssize_t i = 0; i < view.len; i++)
        crc = crc_table[(crc ^ ((uint8_t *)view.buf)[i]) & 0xff] ^ crc >> 8;
    PyBuffer_Release(&view);
    return PyLong_FromUnsignedLong(crc ^ 0xffffffffu);
}

static void
crc_free(void *Py_UNUSED(module))
{
    PyMem_RawFree(crc_table);
    crc_table = NULL;
}

static PyMethodDef crctable_methods[] = {
    {"of", crc_of, METH_O, PyDoc_STR("of(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef crctable_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "crctable",
    .m_size = -1,
    .m_methods = crctable_methods,
    .m_free = crc_free,
};

PyMODINIT_FUNC
PyInit_crctable(void)
{
    return PyModule_Create(&crctable_module);
}
/* run: import zlib; assert mod.of(b"abc") == zlib.crc32(b"abc") */
/* run: import sys; del mod, sys.modules["crctable"] */
