/*
 * words.h: a command line cut into words the way a POSIX shell does it, with
 * quotes and backslashes, without expanding anything.
 */
#ifndef FRONT_WORDS_H
#define FRONT_WORDS_H

#include "base/vec.h"

struct words {
        const char **at;
        int n, room;
};

/* The words of TEXT; an open quote ends with the text. */
struct words words_split(struct arena *arena, const char *text);

#endif
