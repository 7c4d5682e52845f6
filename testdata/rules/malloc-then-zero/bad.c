/* A table of zeros. */
#include <Python.h>
#include <string.h>

long *counters_new(size_t n)
{
    long *table = PyMem_Malloc(n * sizeof(*table));

    if (table != NULL)
        memset(table, 0, n * sizeof(*table)); // expect: malloc-then-zero
    return table;
}
