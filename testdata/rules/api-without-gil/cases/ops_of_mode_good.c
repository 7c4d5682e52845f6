/* Operations are chosen by mode; what raises is called before the region */
#include <Python.h>

struct source;

struct source_ops {
    int (*open)(struct source *s);
    long (*next)(struct source *s);
};

struct source {
    const struct source_ops *ops;
    long at, end;
};

static int
count_open(struct source *s)
{
    s->at = 0;
    return 0;
}

static long
count_next(struct source *s)
{
    return s->at < s->end ? s->at++ : -1;
}

static int
remote_open(struct source *Py_UNUSED(s))
{
    PyErr_SetString(PyExc_NotImplementedError, "no remote sources yet");
    return -1;
}

static long
remote_next(struct source *Py_UNUSED(s))
{
    return -1;
}

static const struct source_ops count_ops = {count_open, count_next};
static const struct source_ops remote_ops = {remote_open, remote_next};

/* A source that cannot be opened is never read. */
static int
source_open(struct source *s, const char *kind, long end)
{
    s->ops = kind[0] == 'r' ? &remote_ops : &count_ops;
    s->end = end;
    return s->ops->open(s);
}

static PyObject *
reader_total(PyObject *Py_UNUSED(module), PyObject *args)
{
    struct source s;
    const char *kind;
    long end, value, total = 0;

    if (!PyArg_ParseTuple(args, "sl:total", &kind, &end))
        return NULL;
    if (source_open(&s, kind, end) < 0)
        return NULL;
    Py_BEGIN_ALLOW_THREADS
    while ((value = s.ops->next(&s)) >= 0)
        total += value;
    Py_END_ALLOW_THREADS
    if (PyErr_Occurred())
        return NULL;
    return PyLong_FromLong(total);
}

static PyMethodDef readermod_methods[] = {
    {"total", reader_total, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef readermod_module = {
    PyModuleDef_HEAD_INIT, "readermod", NULL, -1, readermod_methods, NULL, NULL, NULL, NULL,
};

PyMODINIT_FUNC
PyInit_readermod(void)
{
    return PyModule_Create(&readermod_module);
}
/* run: assert mod.total("c", 4) == 6 */
