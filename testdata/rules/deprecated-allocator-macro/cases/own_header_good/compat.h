/* Names of this project over those of the interpreter. */
#ifndef COMPAT_H
#define COMPAT_H

#include <Python.h>

#define compat_free PyObject_Free
#define compat_unused(p, n) PyObject_Realloc(p, n)

static inline PyObject *
compat_make(PyTypeObject *type)
{
    return PyObject_New(PyObject, type);
}

#endif
