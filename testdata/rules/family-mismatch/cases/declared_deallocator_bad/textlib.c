#include "textlib.h"

#include <stdlib.h>
#include <string.h>

/* Every text has its length in front of it. */
char *
text_join(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b);
    size_t *block = malloc(sizeof(size_t) + n + m + 1);
    char *text;

    if (block == NULL)
        return NULL;
    *block = n + m;
    text = (char *)(block + 1);
    memcpy(text, a, n);
    memcpy(text + n, b, m + 1);
    return text;
}

void
text_dispose(char *text)
{
    if (text != NULL)
        free((size_t *)text - 1);
}
