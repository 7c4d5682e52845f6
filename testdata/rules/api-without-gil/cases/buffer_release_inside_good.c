/* PyBuffer_Release drops the last reference to the exporter without the lock. */
#include <Python.h>
#include <unistd.h>

static PyObject *
emit_repr(PyObject *Py_UNUSED(module), PyObject *args)
{
    PyObject *object, *bytes;
    Py_buffer view;
    ssize_t n;
    int fd, status;

    if (!PyArg_ParseTuple(args, "iO:emit_repr", &fd, &object))
        return NULL;
    bytes = PyObject_Bytes(object);
    if (bytes == NULL)
        return NULL;
    status = PyObject_GetBuffer(bytes, &view, PyBUF_SIMPLE);
    Py_DECREF(bytes); /* the view keeps it alive */
    if (status < 0)
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    n = write(fd, view.buf, (size_t)view.len);
    Py_END_ALLOW_THREADS
    PyBuffer_Release(&view);
    if (n < 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    return PyLong_FromSsize_t(n);
}

static PyMethodDef emit_methods[] = {
    {"emit_repr", emit_repr, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef emit_module = {
    PyModuleDef_HEAD_INIT, "emit", NULL, -1, emit_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_emit(void)
{
    return PyModule_Create(&emit_module);
}
/* run: r, w = os.pipe(); assert mod.emit_repr(w, [65, 66]) == 2 */
