/* Make room for one more number. */
#include <Python.h>

struct numbers {
    double *at;
    size_t used, room;
};

int numbers_grow(struct numbers *v)
{
    double *bigger = PyMem_Realloc(v->at, 2 * v->room * sizeof(double));
    if (bigger == NULL)
        return -1;
    v->at = bigger;
    v->room *= 2;
    return 0;
}
