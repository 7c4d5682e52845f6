/*
 * names.h: interned text. Two syms of one table are equal when their pointers
 * are, so that comparing, hashing and copying a name costs nothing.
 */
#ifndef BASE_NAMES_H
#define BASE_NAMES_H

#include <stdbool.h>
#include <stddef.h>

typedef const char *sym; /* zero-terminated, interned, lives as long as its table; NULL is "no name" */

struct names;
struct arena;

/* A new table; its text lives in ARENA. */
struct names *names_new(struct arena *arena);

/* The sym of a zero-terminated text; never NULL. */
sym name_of(struct names *names, const char *text);

/* The sym of LENGTH bytes of text. */
sym name_of_bytes(struct names *names, const char *text, size_t length);

/* The sym of a formatted text. */
sym name_printf(struct names *names, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Whether several threads use the table from now on, until it is told otherwise. */
void names_share(struct names *names, bool shared);

/* The sym if the text is in the table already, else NULL. Adds nothing. */
sym name_known(struct names *names, const char *text);

#endif
