/* --to pymem. The record belongs to the interpreter, which reads the field. */
#include <Python.h>
#include <stdlib.h>

static int box_getbuffer(PyObject *self, Py_buffer *view, int flags)
{
    view->internal = malloc(16); // plan: not-movable foreign-record
    if (view->internal == NULL)
        return -1;
    return PyBuffer_FillInfo(view, self, view->internal, 16, 0, flags);
}

static void box_releasebuffer(PyObject *self, Py_buffer *view)
{
    (void)self;
    free(view->internal); // plan: not-movable foreign-record
}

static PyBufferProcs box_procs = {box_getbuffer, box_releasebuffer};
PyBufferProcs *box_buffer(void)
{
    return &box_procs;
}
