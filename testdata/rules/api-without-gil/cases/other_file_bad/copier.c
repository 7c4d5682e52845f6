/* A callback is called from another file, in a copy loop that runs without the lock. */
#include "progress.h"
#include <string.h>

static PyObject *
copier_copy(PyObject *Py_UNUSED(module), PyObject *args)
{
    struct progress p = {NULL, 4096, 4096};
    Py_buffer from, to;
    int status = 0;

    if (!PyArg_ParseTuple(args, "w*y*O:copy", &to, &from, &p.callable))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    for (Py_ssize_t done = 0; done < from.len && done < to.len && status == 0;) {
        Py_ssize_t n = Py_MIN(1024, Py_MIN(from.len, to.len) - done);
        memcpy((char *)to.buf + done, (const char *)from.buf + done, (size_t)n);
        done += n;
        status = progress_tell(&p, done);
    }
    Py_END_ALLOW_THREADS
    PyBuffer_Release(&from);
    PyBuffer_Release(&to);
    if (status < 0)
        return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef copier_methods[] = {
    {"copy", copier_copy, METH_VARARGS, PyDoc_STR("copy(...)")},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef copier_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "copier",
    .m_size = -1,
    .m_methods = copier_methods,
};

PyMODINIT_FUNC
PyInit_copier(void)
{
    return PyModule_Create(&copier_module);
}
/* run: got = []; mod.copy(bytearray(9000), bytes(9000), got.append); assert got == [4096, 8192] */
/* dies: signal 11|without holding the GIL */
