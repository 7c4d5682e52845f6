/*
 * flags.h: what a recorded compiler command means to libclang. In: the words
 * of the command and its folder. Out: the ones that change what the source
 * says, with absolute paths; what is about objects, warnings, code generation
 * and the compiler itself is gone, so that equal meaning gives equal flags.
 */
#ifndef FRONT_FLAGS_H
#define FRONT_FLAGS_H

#include "front/words.h"

struct flags {
        struct words args;  /* for clang */
        const char *output; /* of -o, NULL when there is none */
};

/* Reads a command; relative paths in it are relative to DIRECTORY. Cannot fail. */
struct flags flags_read(struct arena *arena, const char *const *words, int nwords, const char *directory);

/* The shared object that an output path gives away by the habits of known build tools, "" when it does not.
 */
const char *flags_object(struct arena *arena, const char *output);

#endif
