/* goto leaves the block for an error label behind it, where nothing takes the lock back. */
#include <Python.h>
#include <sys/socket.h>
#include <unistd.h>

/* Truth of a probe: whether this process can still make a working pair of sockets. */
static int
probe_bool(PyObject *Py_UNUSED(op))
{
    int fds[2] = {-1, -1};
    char byte = 'x';

    Py_BEGIN_ALLOW_THREADS
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, fds) < 0)
        goto broken;
    if (write(fds[0], &byte, 1) != 1 || read(fds[1], &byte, 1) != 1)
        goto broken;
    close(fds[0]);
    close(fds[1]);
    fds[0] = 0;
broken:
    Py_END_ALLOW_THREADS
    return fds[0] == 0;
}

static PyNumberMethods probe_as_number = {
    .nb_bool = probe_bool,
};

static PyTypeObject ProbeType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "sockprobe.Probe",
    .tp_basicsize = sizeof(PyObject),
    .tp_as_number = &probe_as_number,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef sockprobe_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "sockprobe",
    .m_size = -1,
    .m_methods = NULL,
};

PyMODINIT_FUNC
PyInit_sockprobe(void)
{
    PyObject *m = PyModule_Create(&sockprobe_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &ProbeType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: import resource; p = mod.Probe(); assert p; resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3)); assert not p */
