#include "progress.h"

/* Calls back when another `every` bytes are done. -1 when the callable raised. */
int
progress_tell(struct progress *p, Py_ssize_t done)
{
    PyObject *r;

    if (done < p->next)
        return 0;
    p->next = done + p->every;
    r = PyObject_CallFunction(p->callable, "n", done); // expect: api-without-gil // because: copier.c:14, copier.c:19
    Py_XDECREF(r); // expect: api-without-gil
    return r == NULL ? -1 : 0;
}
