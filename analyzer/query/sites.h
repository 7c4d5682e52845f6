/*
 * sites.h: the places of a program at which memory is obtained, resized or given
 * back. In: a linked program with its contracts. Out: a list in the order of the
 * sources, in ARENA. It walks nothing and asks for no lock state.
 */
#ifndef QUERY_SITES_H
#define QUERY_SITES_H

#include "query/locks.h"

/* One call that a model knows as an allocator, a release, or an API that hands out plain memory. */
struct memory_site {
        struct function *function;
        const struct call *call;
        int block, index;
        enum model_role role;
        families family;
        const struct model *model; /* NULL: through a slot */
        bool plain; /* an allocator as such, not an API that hands out or takes memory besides */
        bool zeroed;
        int64_t size;        /* bytes, -1 not constant */
        struct spot pointer; /* of the block that is taken or resized */
        struct spot result;  /* where the new block appears */
        bool gives, takes;
};

struct memory_sites {
        VEC(struct memory_site *) list; /* by file, line, column */
};

/* All of them, in ARENA. */
struct memory_sites *sites_find(struct arena *arena, const struct program *program);

/* The callee as the user wrote it: the tree's own macro, the function, or the pointer called. */
const char *site_written(struct arena *arena, const struct memory_site *site);

/* Where the call stands. */
struct where site_where(const struct memory_site *site);

/* The bare names of a set of families: "libc|pymem". */
const char *families_names(struct arena *arena, const struct models *models, families set);

#endif
