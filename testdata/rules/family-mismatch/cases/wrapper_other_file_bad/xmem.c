#include <Python.h>
#include <string.h>
#include "xmem.h"

void *
xmem_get(size_t size)
{
    return PyMem_RawMalloc(size > 0 ? size : 1);
}

char *
xmem_copy(const char *text, size_t length)
{
    char *copy = xmem_get(length + 1);

    if (copy != NULL) {
        memcpy(copy, text, length);
        copy[length] = '\0';
    }
    return copy;
}

void
xmem_put(void *block)
{
    PyMem_RawFree(block);
}
