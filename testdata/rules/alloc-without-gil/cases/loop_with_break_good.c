/* Manual save and restore around a read loop: the buffer grows while the lock is away. */
#include <Python.h>
#include <unistd.h>

static PyObject *
slurp_fd(PyObject *Py_UNUSED(module), PyObject *args)
{
    size_t used = 0, room = 64;
    char *buffer, *bigger;
    PyObject *result;
    ssize_t got;
    int fd;

    if (!PyArg_ParseTuple(args, "i:slurp", &fd))
        return NULL;
    if ((buffer = PyMem_Malloc(room)) == NULL)
        return PyErr_NoMemory();
    for (;;) {
        PyThreadState *ts = PyEval_SaveThread();
        got = read(fd, buffer + used, room - used);
        PyEval_RestoreThread(ts);
        if (got <= 0) {
            break;
        }
        used += (size_t)got;
        if (used == room) {
            bigger = PyMem_Realloc(buffer, room * 2); // doubles
            if (bigger == NULL) {
                PyMem_Free(buffer);
                return PyErr_NoMemory();
            }
            buffer = bigger;
            room *= 2;
        }
    }
    if (got < 0) {
        PyMem_Free(buffer);
        return PyErr_SetFromErrno(PyExc_OSError);
    }
    result = PyBytes_FromStringAndSize(buffer, (Py_ssize_t)used);
    PyMem_Free(buffer);
    return result;
}

static PyMethodDef slurp_methods[] = {
    {"slurp", slurp_fd, METH_VARARGS, PyDoc_STR("slurp(...)")},
    {NULL, NULL, 0, NULL},
};

static int
slurp_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot slurp_slots[] = {
    {Py_mod_exec, slurp_exec},
    {0, NULL},
};

static struct PyModuleDef slurp_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "slurp",
    .m_methods = slurp_methods,
    .m_slots = slurp_slots,
};

PyMODINIT_FUNC
PyInit_slurp(void)
{
    return PyModuleDef_Init(&slurp_module);
}
/* run: r, w = os.pipe(); os.write(w, b"z" * 1000); os.close(w); assert mod.slurp(r) == b"z" * 1000 */
