/* A guard variable is meant to restore at the end of its scope; its cleanup attribute does it. */
#include <Python.h>
#include <unistd.h>

static inline void
unlocked_end(PyThreadState **ts)
{
    if (*ts != NULL)
        PyEval_RestoreThread(*ts);
    *ts = NULL;
}

#define UNLOCKED(name) __attribute__((cleanup(unlocked_end))) PyThreadState *name = PyEval_SaveThread()

typedef struct {
    PyObject_HEAD
    int fd;
} Drain;

/* len(drain): bytes that are left; what cannot be read counts as empty. */
static Py_ssize_t
drain_length(PyObject *op)
{
    int fd = ((Drain *)op)->fd;
    Py_ssize_t total = 0;
    char room[128];
    UNLOCKED(guard);

    for (;;) {
        ssize_t n = read(fd, room, sizeof(room));
        if (n < 0)
            return 0;
        if (n == 0)
            break;
        total += n;
    }
    unlocked_end(&guard);
    return total;
}

static int
drain_init(PyObject *op, PyObject *args, PyObject *Py_UNUSED(kwds))
{
    return PyArg_ParseTuple(args, "i:Drain", &((Drain *)op)->fd) ? 0 : -1;
}

static PySequenceMethods drain_as_sequence = {
    .sq_length = drain_length,
};

static PyTypeObject DrainType = {
    PyVarObject_HEAD_INIT(NULL, 0)
    .tp_name = "drainer.Drain",
    .tp_basicsize = sizeof(Drain),
    .tp_as_sequence = &drain_as_sequence,
    .tp_flags = Py_TPFLAGS_DEFAULT,
    .tp_init = drain_init,
    .tp_new = PyType_GenericNew,
};

static struct PyModuleDef drainer_module = {
    PyModuleDef_HEAD_INIT, "drainer", NULL, -1, NULL, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_drainer(void)
{
    PyObject *m = PyModule_Create(&drainer_module);

    if (m == NULL)
        return NULL;
    if (PyModule_AddType(m, &DrainType) < 0) {
        Py_DECREF(m);
        return NULL;
    }
    return m;
}
/* run: r, w = os.pipe(); os.write(w, b"abc"); os.close(w); assert len(mod.Drain(r)) == 3; assert len(mod.Drain(1234)) == 0 */
