#include "table.h"
#include <stdio.h>
#include <stdlib.h>

/* Reads a whole file into the table; -1 with an exception. */
int
table_load(struct table *table, const char *path)
{
    FILE *f = fopen(path, "rb");
    char *text;
    size_t n;

    if (f == NULL) {
        PyErr_SetFromErrnoWithFilename(PyExc_OSError, path);
        return -1;
    }
    text = PyMem_Malloc(4096);
    if (text == NULL) {
        fclose(f);
        PyErr_NoMemory();
        return -1;
    }
    n = fread(text, 1, 4096, f);
    fclose(f);
    table->text = text;
    table->length = (Py_ssize_t)n;
    return 0;
}
