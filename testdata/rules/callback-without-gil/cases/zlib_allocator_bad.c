/* zlib gets PyMem functions as its allocator; inflate allocates its window when it runs, inside a region. */
#include <Python.h>
#include <string.h>
#include <zlib.h>

static void *
zip_get(void *Py_UNUSED(opaque), unsigned items, unsigned size)
{
    return PyMem_Malloc((size_t)items * size);
}

static void
zip_put(void *Py_UNUSED(opaque), void *block)
{
    PyMem_Free(block);
}

static PyObject *
zip_inflate(PyObject *Py_UNUSED(module), PyObject *args)
{
    z_stream z;
    Py_buffer in;
    Py_ssize_t room;
    PyObject *out;
    int status;

    if (!PyArg_ParseTuple(args, "y*n:inflate", &in, &room))
        return NULL;
    out = PyBytes_FromStringAndSize(NULL, room);
    if (out == NULL) {
        PyBuffer_Release(&in);
        return NULL;
    }
    memset(&z, 0, sizeof(z));
    z.zalloc = zip_get; // expect: callback-without-gil
    z.zfree = zip_put; // expect: callback-without-gil
    z.next_in = in.buf;
    z.avail_in = (unsigned)in.len;
    z.next_out = (unsigned char *)PyBytes_AS_STRING(out);
    z.avail_out = (unsigned)room;
    status = inflateInit(&z);
    if (status == Z_OK) {
        Py_BEGIN_ALLOW_THREADS
        status = inflate(&z, Z_SYNC_FLUSH);
        Py_END_ALLOW_THREADS
        inflateEnd(&z);
    }
    PyBuffer_Release(&in);
    if (status != Z_OK && status != Z_STREAM_END) {
        Py_DECREF(out);
        return PyErr_Format(PyExc_ValueError, "zlib status %d", status);
    }
    _PyBytes_Resize(&out, (Py_ssize_t)z.total_out);
    return out;
}

static PyMethodDef unzip_methods[] = {
    {"inflate", zip_inflate, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef unzip_module = {
    PyModuleDef_HEAD_INIT, "unzip", NULL, -1, unzip_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_unzip(void)
{
    return PyModule_Create(&unzip_module);
}
/* link: -lz */
/* run: import zlib; data = os.urandom(3000) * 3; z = zlib.compress(data); mod.inflate(z, 100) */
/* dies: without holding the GIL */
