/* Make room for one more number. */
#include <Python.h>

struct numbers {
    double *at;
    size_t used, room;
};

int numbers_grow(struct numbers *v)
{
    v->at = PyMem_Realloc(v->at, 2 * v->room * sizeof(double)); // expect: realloc-loses-pointer
    if (v->at == NULL)
        return -1;
    v->room *= 2;
    return 0;
}
