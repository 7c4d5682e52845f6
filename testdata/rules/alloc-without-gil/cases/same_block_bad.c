/* Allocator called between Py_BEGIN_ALLOW_THREADS and its end, in the same function. */
#include <Python.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <unistd.h>

#define CHUNK 16384

/* Adler-style checksum over a whole file, read with plain descriptors. */
static PyObject *
sumfile_checksum(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *path;
    uint32_t a = 1, b = 0;
    ssize_t got = -1;
    int fd;

    if (!PyArg_ParseTuple(args, "s:checksum", &path))
        return NULL;

    Py_BEGIN_ALLOW_THREADS
    fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd >= 0) {
        unsigned char *chunk = PyMem_Malloc(CHUNK); // expect: alloc-without-gil // because: 22
        if (chunk == NULL)
            errno = ENOMEM;
        else {
            while ((got = read(fd, chunk, CHUNK)) > 0) {
                for (ssize_t i = 0; i < got; i++) {
                    a = (a + chunk[i]) % 65521;
                    b = (b + a) % 65521;
                }
            }
            PyMem_Free(chunk); // expect: alloc-without-gil // because: 22
        }
        close(fd);
    }
    Py_END_ALLOW_THREADS

    if (got < 0)
        return PyErr_SetFromErrnoWithFilename(PyExc_OSError, path);
    return PyLong_FromUnsignedLong((unsigned long)b << 16 | a);
}

static PyMethodDef sumfile_methods[] = {
    {"checksum", sumfile_checksum, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef sumfile_module = {
    PyModuleDef_HEAD_INIT, "sumfile", NULL, -1, sumfile_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_sumfile(void)
{
    return PyModule_Create(&sumfile_module);
}
/* run: mod.checksum("/etc/passwd") */
/* dies: _PyMem_DebugMalloc: Python memory allocator called without holding the GIL */
