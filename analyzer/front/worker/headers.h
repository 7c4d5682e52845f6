/*
 * headers.h: what stands in a precompiled header. In: its file. Out: the
 * headers it was made of and the macros defined in them, read once and kept as
 * long as the process: of a unit that uses it libclang lists neither.
 */
#ifndef WORKER_HEADERS_H
#define WORKER_HEADERS_H

#include "base/hash.h"
#include "base/map.h"
#include "base/vec.h"

#include <clang-c/Index.h>
#include <stdbool.h>

struct header_file {
        const char *name; /* as libclang calls it, here and in every unit */
        const char *text;
        size_t length;
        char hash[HASH_HEX];
};

struct header_macro {
        const char *name;
        int file;            /* in struct headers */
        unsigned begin, end; /* from the name to the end of the body */
        bool function_like;
};

struct headers {
        struct arena *arena;
        const char *path;
        VEC(struct header_file) files;
        VEC(struct header_macro) macros; /* by file and place */
        struct map by_file;              /* hash of a file's name -> its number plus one */
        struct map by_name; /* hash of a macro's name -> struct header_macro, the last of that name */
};

/* What stands in TU, of which a precompiled header is being made. Lives in ARENA. */
struct headers *headers_take(struct arena *arena, CXTranslationUnit tu);

/* Writes HEADERS beside the precompiled header at PATH, for workers to come; it is no harm when that fails.
 */
void headers_write(const struct headers *headers, const char *path);

/* What was written beside the precompiled header at PATH, much sooner than it is read from it; NULL unless it
 * is whole and the headers are still what they were. */
struct headers *headers_load(struct arena *arena, const char *path);

/* Reads the precompiled header at PATH; NULL when libclang refuses it. Lives in ARENA. */
struct headers *headers_read(struct arena *arena, CXIndex index, const char *path);

/* The number of the file of that name, -1 for none; HEADERS may be NULL. */
int headers_file(const struct headers *headers, const char *name);

/* The macro of that name, or NULL; HEADERS may be NULL. */
const struct header_macro *headers_macro(const struct headers *headers, const char *name);

/* The last macro of FILE that begins at OFFSET or before it, or NULL. */
const struct header_macro *headers_macro_at(const struct headers *headers, int file, unsigned offset);

#endif
