/* The state is kept in a static: one function releases, another takes back, a third stands between them. */
#include <Python.h>
#include <unistd.h>

static PyThreadState *parked;

static void
park(void)
{
    parked = PyEval_SaveThread();
}

static void
unpark(void)
{
    PyThreadState *ts = parked;

    parked = NULL;
    PyEval_RestoreThread(ts);
}

static PyObject *
describe(ssize_t n)
{
    return n < 0 ? PyErr_SetFromErrno(PyExc_OSError) : PyLong_FromSsize_t(1000 * n); // attached
}

static PyObject *
parker_write(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *result;
    Py_buffer view;
    ssize_t n;
    int fd;

    if (!PyArg_ParseTuple(args, "iy*:write", &fd, &view))
        return NULL;
    park();
    n = write(fd, view.buf, (size_t)view.len);
    unpark();
    result = describe(n);
    PyBuffer_Release(&view);
    return result;
}

static PyMethodDef parker_methods[] = {
    {"write", parker_write, METH_VARARGS, PyDoc_STR("write(...)")},
    {NULL, NULL, 0, NULL},
};

static int
parker_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot parker_slots[] = {
    {Py_mod_exec, parker_exec},
    {0, NULL},
};

static struct PyModuleDef parker_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "parker",
    .m_methods = parker_methods,
    .m_slots = parker_slots,
};

PyMODINIT_FUNC
PyInit_parker(void)
{
    return PyModuleDef_Init(&parker_module);
}
/* run: r, w = os.pipe(); assert mod.write(w, b"ab") == 2000 */
