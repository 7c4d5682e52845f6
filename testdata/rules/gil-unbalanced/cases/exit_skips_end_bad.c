/* A goto passes the end of a region inside of a handle's section: the handle goes back without the lock. */
#include <Python.h>
#include <poll.h>

struct waiter {
    int fd;
    PyObject *hook;
};

static int
waiter_wait(struct waiter *w, int ms)
{
    struct pollfd p = {w->fd, POLLIN, 0};
    int rc = -1;
    PyGILState_STATE st = PyGILState_Ensure();
    PyObject *r = PyObject_CallNoArgs(w->hook);

    if (r == NULL) {
        PyErr_Clear();
        goto out;
    }
    Py_DECREF(r);
    Py_BEGIN_ALLOW_THREADS
    rc = poll(&p, 1, ms);
    if (p.revents & POLLNVAL)
        goto out;
    Py_END_ALLOW_THREADS
out:
    PyGILState_Release(st); // expect: gil-unbalanced // because: 23
    return rc;
}

static PyObject *
wait_for(PyObject *self, PyObject *args)
{
    struct waiter w;
    int ms, rc;

    if (!PyArg_ParseTuple(args, "iOi:wait_for", &w.fd, &w.hook, &ms))
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    rc = waiter_wait(&w, ms);
    Py_END_ALLOW_THREADS
    return PyLong_FromLong(rc);
}

static PyMethodDef waiter_methods[] = {
    {"wait_for", wait_for, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef waiter_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "waiter",
    .m_size = -1,
    .m_methods = waiter_methods,
};

PyMODINIT_FUNC
PyInit_waiter(void)
{
    return PyModule_Create(&waiter_module);
}

/* run: assert mod.wait_for(-1, list, 1) == 0; assert mod.wait_for(1000, list, 1) == 1 */
/* dies: Fatal Python error|signal */
