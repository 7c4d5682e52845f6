/* goto chain inside a region: the shared exit frees a PyMem block before the lock is back. */
#include <Python.h>
#include <errno.h>
#include <stdio.h>

static PyObject *
tail_last_byte(PyObject *Py_UNUSED(module), PyObject *args)
{
    const char *path;
    char *cache = NULL;
    FILE *f = NULL;
    int last = -1, err = 0;

    if (!PyArg_ParseTuple(args, "s:last_byte", &path))
        return NULL;
    cache = PyMem_Malloc(BUFSIZ);
    if (cache == NULL)
        return PyErr_NoMemory();

    Py_BEGIN_ALLOW_THREADS
    f = fopen(path, "rb");
    if (f == NULL) {
        err = errno;
        goto out;
    }
    setvbuf(f, cache, _IOFBF, BUFSIZ);
    if (fseek(f, -1, SEEK_END) != 0) {
        err = errno;
        goto out;
    }
    last = fgetc(f);
out:
    if (f != NULL)
        fclose(f);
    Py_END_ALLOW_THREADS
    PyMem_Free(cache);

    if (err != 0) {
        errno = err;
        return PyErr_SetFromErrnoWithFilename(PyExc_OSError, path);
    }
    return PyLong_FromLong(last);
}

static PyMethodDef tailbyte_methods[] = {
    {"last_byte", tail_last_byte, METH_VARARGS, PyDoc_STR("last byte(...)")},
    {NULL, NULL, 0, NULL},
};

static int
tailbyte_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot tailbyte_slots[] = {
    {Py_mod_exec, tailbyte_exec},
    {0, NULL},
};

static struct PyModuleDef tailbyte_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "tailbyte",
    .m_methods = tailbyte_methods,
    .m_slots = tailbyte_slots,
};

PyMODINIT_FUNC
PyInit_tailbyte(void)
{
    return PyModuleDef_Init(&tailbyte_module);
}
/* run: assert mod.last_byte("/etc/passwd") == 10 */
