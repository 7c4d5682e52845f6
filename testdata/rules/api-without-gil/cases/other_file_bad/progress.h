/* Progress of a long copy, told to a Python callable. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include <Python.h>

struct progress {
    PyObject *callable; /* borrowed */
    Py_ssize_t every, next;
};

int progress_tell(struct progress *p, Py_ssize_t done);

#endif
