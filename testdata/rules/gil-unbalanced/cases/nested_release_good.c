/* A helper releases by itself; it is also called inside a region of its caller. */
#include <Python.h>
#include <unistd.h>

static ssize_t
write_some(int fd, const char *bytes, size_t n)
{
    ssize_t done;

    Py_BEGIN_ALLOW_THREADS // held on entry
    done = write(fd, bytes, n);
    Py_END_ALLOW_THREADS
    return done;
}

static PyObject *
twice_write(PyObject *Py_UNUSED(module), PyObject *args)
{
    Py_buffer view;
    ssize_t first, second;
    int fd;

    if (!PyArg_ParseTuple(args, "iy*:write", &fd, &view))
        return NULL;
    first = write_some(fd, view.buf, (size_t)view.len);
    Py_BEGIN_ALLOW_THREADS
    fsync(fd);
    Py_END_ALLOW_THREADS
    second = write_some(fd, view.buf, (size_t)view.len);
    PyBuffer_Release(&view);
    if (first < 0 || second < 0)
        return PyErr_SetFromErrno(PyExc_OSError);
    return PyLong_FromSsize_t(first + second);
}

static PyMethodDef twice_methods[] = {
    {"write", twice_write, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef twice_module = {
    PyModuleDef_HEAD_INIT, "twice", NULL, -1, twice_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_twice(void)
{
    return PyModule_Create(&twice_module);
}
/* run: r, w = os.pipe(); assert mod.write(w, b"ab") == 4 */
