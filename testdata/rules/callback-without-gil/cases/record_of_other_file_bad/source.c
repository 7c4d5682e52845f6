/* A constant table of functions goes to a library in another file, inside a region; one of them takes no lock. */
#include "stream.h"

#include <string.h>

static long
source_read(void *data, void *to, unsigned long size)
{
    struct source *source = data;
    PyGILState_STATE state = PyGILState_Ensure();
    PyObject *bytes = PyObject_CallMethod(source->file, "read", "k", size);
    Py_ssize_t got = -1;
    char *from;

    if (bytes != NULL && PyBytes_AsStringAndSize(bytes, &from, &got) == 0 && got <= (Py_ssize_t)size)
        memcpy(to, from, (size_t)got);
    else
        PyErr_Clear();
    Py_XDECREF(bytes);
    PyGILState_Release(state);
    return (long)got;
}

static long
source_seek(void *data, long offset)
{
    struct source *source = data;
    PyObject *answer = PyObject_CallMethod(source->file, "seek", "l", offset);
    long at = answer ? PyLong_AsLong(answer) : -1;

    if (at < 0) {
        source->failed = 1;
        PyErr_Clear();
    }
    Py_XDECREF(answer);
    return at;
}

const struct reader_ops source_ops = {source_read, source_seek}; // expect: callback-without-gil
