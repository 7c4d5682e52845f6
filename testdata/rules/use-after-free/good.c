/* Free a list. */
#include <Python.h>

struct cell {
    struct cell *next;
    double value;
};

void cells_free(struct cell *c)
{
    while (c != NULL) {
        struct cell *next = c->next;
        PyMem_Free(c);
        c = next;
    }
}
