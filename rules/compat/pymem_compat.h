/*
 * What older versions of Python lack of the memory allocators: the raw domain
 * came with 3.4, zeroed allocation with 3.5. It includes Python.h first.
 */
#ifndef PYMEM_COMPAT_H
#define PYMEM_COMPAT_H

#include <Python.h>
#include <stdlib.h>
#include <string.h>

#if PY_VERSION_HEX < 0x03040000

/* malloc of no bytes may answer NULL, which here means that there is no memory. */
Py_LOCAL_INLINE(void *) pymem_compat_raw_malloc(size_t size)
{
    return malloc(size ? size : 1);
}

Py_LOCAL_INLINE(void *) pymem_compat_raw_realloc(void *block, size_t size)
{
    return realloc(block, size ? size : 1);
}

#define PyMem_RawMalloc pymem_compat_raw_malloc
#define PyMem_RawRealloc pymem_compat_raw_realloc
#define PyMem_RawFree free

#endif

#if PY_VERSION_HEX < 0x03050000

Py_LOCAL_INLINE(void *) pymem_compat_raw_calloc(size_t n, size_t size)
{
    void *block;

    if (size && n > (size_t)PY_SSIZE_T_MAX / size)
        return NULL;
    block = PyMem_RawMalloc(n * size);
    return block ? memset(block, 0, n * size) : NULL;
}

Py_LOCAL_INLINE(void *) pymem_compat_calloc(size_t n, size_t size)
{
    void *block;

    if (size && n > (size_t)PY_SSIZE_T_MAX / size)
        return NULL;
    block = PyMem_Malloc(n * size);
    return block ? memset(block, 0, n * size) : NULL;
}

Py_LOCAL_INLINE(void *) pymem_compat_object_calloc(size_t n, size_t size)
{
    void *block;

    if (size && n > (size_t)PY_SSIZE_T_MAX / size)
        return NULL;
    block = PyObject_Malloc(n * size);
    return block ? memset(block, 0, n * size) : NULL;
}

#define PyMem_RawCalloc pymem_compat_raw_calloc
#define PyMem_Calloc pymem_compat_calloc
#define PyObject_Calloc pymem_compat_object_calloc

#endif

#endif
