/* Free a list. */
#include <Python.h>

struct cell {
    struct cell *next;
    double value;
};

void cells_free(struct cell *c)
{
    while (c != NULL) {
        PyMem_Free(c);
        c = c->next; // expect: use-after-free
    }
}
