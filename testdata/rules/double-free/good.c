/* Two releases on the error path. */
#include <Python.h>
#include <string.h>

int parse(const char *text, char *scratch);

int parse_copy(const char *text)
{
    char *scratch = PyMem_Malloc(strlen(text) + 1);
    int status;

    if (scratch == NULL)
        return -1;
    status = parse(text, scratch);
    PyMem_Free(scratch);
    return status;
}
