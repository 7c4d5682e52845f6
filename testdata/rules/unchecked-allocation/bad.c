/* Duplicate a block of numbers. */
#include <Python.h>
#include <string.h>

double *duplicate(const double *from, size_t n)
{
    double *to = PyMem_Malloc(n * sizeof(*to));

    memcpy(to, from, n * sizeof(*to)); // expect: unchecked-allocation
    return to;
}
