#include "progress.h"

/* Calls back when another `every` bytes are done. -1 when the callable raised. */
int
progress_tell(struct progress *p, Py_ssize_t done)
{
    PyObject *r;
    PyGILState_STATE held;

    if (done < p->next)
        return 0;
    p->next = done + p->every;
    held = PyGILState_Ensure();
    r = PyObject_CallFunction(p->callable, "n", done);
    Py_XDECREF(r);
    PyGILState_Release(held);
    return r == NULL ? -1 : 0;
}
