/* --to pymem. Nothing calls it here: that its callers hold the GIL is an assumption, and said. */
#include <Python.h>
#include <stdlib.h>

int measure(int n)
{
    char *block = malloc((size_t)n); // plan: movable +gil

    if (block == NULL)
        return -1;
    free(block); // plan: movable +gil
    return n;
}
