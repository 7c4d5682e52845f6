#include "lines.h"

#include <string.h>

/* The caller owns the result. */
char *lines_default_separator(void)
{
    const char *name = "\n";
    char *copy = PyMem_MALLOC(strlen(name) + 1);

    if (copy != NULL)
        strcpy(copy, name);
    return copy;
}

/* Called without the GIL: the disk may be slow. */
int lines_read(FILE *file, char separator, struct buffer *into)
{
    int c;

    while ((c = getc(file)) != EOF && c != separator) {
        char byte = (char)c;

        if (buffer_add(into, &byte, 1) < 0)
            return -1;
    }
    return c == EOF && into->used == 0;
}
