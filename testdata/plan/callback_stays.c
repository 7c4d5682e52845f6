/* --to pymem. Somebody calls it; nobody knows with or without the GIL. */
#include <Python.h>
#include <stdlib.h>

extern void library_on_event(void (*call)(int));

static void on_event(int n)
{
    char *block = malloc((size_t)n); // plan: movable-raw gil

    free(block); // plan: movable-raw gil
}

void start(void)
{
    library_on_event(on_event);
}
