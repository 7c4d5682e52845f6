/* Two callbacks are arguments of a library call that is made inside a region. */
#include <Python.h>
#include <string.h>
#include <zlib.h>

struct source {
    PyObject *read; /* callable, gives bytes */
    PyObject *last; /* keeps the bytes alive */
};

static unsigned
pull(void *context, unsigned char **bytes)
{
    struct source *s = context;
    unsigned n = 0;
    PyObject *chunk = PyObject_CallNoArgs(s->read); // expect: api-without-gil // because: 46

    if (chunk != NULL && PyBytes_Check(chunk)) {
        *bytes = (unsigned char *)PyBytes_AS_STRING(chunk);
        n = (unsigned)PyBytes_GET_SIZE(chunk);
    }
    Py_XSETREF(s->last, chunk); // expect: api-without-gil // because: 46
    return n;
}

static int
push(void *context, unsigned char *Py_UNUSED(bytes), unsigned n)
{
    *(unsigned long *)context += n;
    return 0;
}

static PyObject *
rawsize_of(PyObject *Py_UNUSED(module), PyObject *arg)
{
    unsigned char window[32768];
    struct source s = {arg, NULL};
    unsigned long total = 0;
    z_stream z;
    int status;

    memset(&z, 0, sizeof(z));
    if (inflateBackInit(&z, 15, window) != Z_OK)
        return PyErr_NoMemory();
    Py_BEGIN_ALLOW_THREADS
    status = inflateBack(&z, pull, &s, push, &total);
    inflateBackEnd(&z);
    Py_END_ALLOW_THREADS
    Py_XDECREF(s.last);
    if (PyErr_Occurred())
        return NULL;
    if (status != Z_STREAM_END)
        return PyErr_Format(PyExc_ValueError, "zlib status %d", status);
    return PyLong_FromUnsignedLong(total);
}

static PyMethodDef rawsize_methods[] = {
    {"of", rawsize_of, METH_O, PyDoc_STR("of(...)")},
    {NULL, NULL, 0, NULL},
};

static int
rawsize_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot rawsize_slots[] = {
    {Py_mod_exec, rawsize_exec},
    {0, NULL},
};

static struct PyModuleDef rawsize_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "rawsize",
    .m_methods = rawsize_methods,
    .m_slots = rawsize_slots,
};

PyMODINIT_FUNC
PyInit_rawsize(void)
{
    return PyModuleDef_Init(&rawsize_module);
}
/* link: -lz */
/* run: import zlib, io; c = zlib.compressobj(wbits=-15); data = c.compress(b"a" * 5000) + c.flush() */
/* run: f = io.BytesIO(data); assert mod.of(lambda: f.read(10)) == 5000 */
/* dies: without holding the GIL|signal 11 */
