/* A table of zeros. */
#include <Python.h>
#include <string.h>

long *counters_new(size_t n)
{
    return PyMem_Calloc(n, sizeof(long));
}
