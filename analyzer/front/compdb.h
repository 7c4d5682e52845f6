/*
 * compdb.h: compile_commands.json. In: the file. Out: its entries as they
 * stand, several for one source if there are, none invented.
 */
#ifndef FRONT_COMPDB_H
#define FRONT_COMPDB_H

#include "front/words.h"

struct compdb_entry {
        const char *file;      /* absolute */
        const char *directory; /* absolute */
        const char *output;    /* as written, or NULL */
        const char *object;    /* "object", the module it is linked into, as 'capture' writes; or NULL */
        struct words command;
};

struct compdb {
        const char *path;
        VEC(struct compdb_entry) entries;
};

/* The file of that name in ROOT or in one of the folders where build tools leave it, or NULL. */
const char *compdb_find(struct arena *arena, const char *root);

/* Reads PATH, a database or the folder of one. NULL with one sentence in *ERROR. */
struct compdb *compdb_read(struct arena *arena, const char *path, const char **error);

#endif
