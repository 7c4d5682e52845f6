/* A field of the reader tells whether the lock is away; the shared exit raises before it takes it back. */
#include <Python.h>
#include <stdio.h>

struct reader {
    FILE *fp;
    int released;
    PyThreadState *ts;
};

static void
reader_release(struct reader *r)
{
    r->ts = PyEval_SaveThread();
    r->released = 1;
}

static void
reader_acquire(struct reader *r)
{
    if (!r->released)
        return;
    r->released = 0;
    PyEval_RestoreThread(r->ts);
}

static PyObject *
lines(PyObject *self, PyObject *args)
{
    struct reader r = {NULL, 0, NULL};
    char line[512];
    const char *path, *what = NULL;
    long n = 0, limit;

    if (!PyArg_ParseTuple(args, "sl:lines", &path, &limit))
        return NULL;
    if (limit < 0) {
        what = "negative limit";
        goto fail;
    }
    r.fp = fopen(path, "r");
    if (r.fp == NULL)
        return PyErr_SetFromErrno(PyExc_OSError);
    reader_release(&r);
    while (fgets(line, sizeof line, r.fp))
        if (++n > limit) {
            what = "too many lines";
            goto fail;
        }
    reader_acquire(&r);
    fclose(r.fp);
    return PyLong_FromLong(n);
fail:
    reader_acquire(&r);
    if (what)
        PyErr_SetString(PyExc_ValueError, what);
    if (r.fp)
        fclose(r.fp);
    return NULL;
}

static PyMethodDef linereader_methods[] = {
    {"lines", lines, METH_VARARGS, NULL},
    {NULL, NULL, 0, NULL},
};

static struct PyModuleDef linereader_module = {
    PyModuleDef_HEAD_INIT,
    .m_name = "linereader",
    .m_size = -1,
    .m_methods = linereader_methods,
};

PyMODINIT_FUNC
PyInit_linereader(void)
{
    return PyModule_Create(&linereader_module);
}

/* run: exec("try: mod.lines('/etc/passwd', 1)\nexcept ValueError: pass") */
