/* The last reference to an object is dropped without the lock: its memory goes back there and then. */
#include <Python.h>
#include <string.h>
#include <unistd.h>

static PyObject *
pipe_send(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *text, *bytes;
    ssize_t sent;
    int fd;

    if (!PyArg_ParseTuple(args, "iU:send", &fd, &text))
        return NULL;
    bytes = PyUnicode_AsEncodedString(text, "utf-16-le", "strict");
    if (bytes == NULL)
        return NULL;
    char *raw = PyBytes_AS_STRING(bytes);
    size_t length = (size_t)PyBytes_GET_SIZE(bytes);

    Py_BEGIN_ALLOW_THREADS
    sent = write(fd, raw, length);
    Py_DECREF(bytes); // expect: api-without-gil // because: 21
    Py_END_ALLOW_THREADS

    if (sent < 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    return PyLong_FromSsize_t(sent);
}

static PyMethodDef pipesend_methods[] = {
    {"send", pipe_send, METH_VARARGS, PyDoc_STR("send(...)")},
    {NULL, NULL, 0, NULL},
};

static int
pipesend_exec(PyObject *m)
{
    return m == NULL ? -1 : 0;
}

static PyModuleDef_Slot pipesend_slots[] = {
    {Py_mod_exec, pipesend_exec},
    {0, NULL},
};

static struct PyModuleDef pipesend_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "pipesend",
    .m_methods = pipesend_methods,
    .m_slots = pipesend_slots,
};

PyMODINIT_FUNC
PyInit_pipesend(void)
{
    return PyModuleDef_Init(&pipesend_module);
}
/* run: r, w = os.pipe(); assert mod.send(w, "ab") == 4 */
/* dies: without holding the GIL|signal 11 */
