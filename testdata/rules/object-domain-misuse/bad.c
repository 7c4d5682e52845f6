/* Memory for numbers, not for an object. */
#include <Python.h>

double *copy_of(const double *from, Py_ssize_t n)
{
    double *to = PyObject_Malloc((size_t)n * sizeof(*to)); // expect: object-domain-misuse

    for (Py_ssize_t i = 0; to != NULL && i < n; i++)
        to[i] = from[i];
    return to;
}
