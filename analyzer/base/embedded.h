/*
 * embedded.h: files that the program carries inside. CMake writes the table
 * from rules/models/ and the examples of testdata/rules/.
 */
#ifndef BASE_EMBEDDED_H
#define BASE_EMBEDDED_H

#include <stddef.h>

struct embedded {
        const char *name; /* relative to the project: "rules/models/libc.model" */
        const char *text; /* zero-terminated */
        size_t length;
};

/* Sorted by name within each kind, ended by a NULL name. */
extern const struct embedded embedded_files[];

#endif
