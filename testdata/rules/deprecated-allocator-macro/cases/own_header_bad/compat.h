/* Names of this project over those of the interpreter. */
#ifndef COMPAT_H
#define COMPAT_H

#include <Python.h>

#define compat_free PyObject_FREE // expect: deprecated-allocator-macro
#define compat_unused(p, n) PyObject_REALLOC(p, n) // expect: deprecated-allocator-macro

static inline PyObject *
compat_make(PyTypeObject *type)
{
    return PyObject_NEW(PyObject, type); // expect: deprecated-allocator-macro
}

#endif
