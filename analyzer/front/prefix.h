/*
 * prefix.h: what a source says before it includes the interpreter's header.
 * In: a unit. Out: the definitions and foreign includes in force there, in
 * order, or that this cannot be told without a preprocessor. A precompiled
 * header must stand behind exactly this, else it is another header.
 */
#ifndef FRONT_PREFIX_H
#define FRONT_PREFIX_H

#include "front/lookup.h"

struct prefix {
        const char *why;             /* NULL, or why no precompiled header can be used */
        const char *api;             /* folder in which the interpreter's header is found */
        bool api_by_name;            /* by <...> or as if: not only because of where the source lies */
        VEC(struct directive) lines; /* DEFINE and foreign INCLUDE */
        struct map names; /* hashes of all identifiers of the tree's text before the header, in order */
        int early;        /* so many of them before the first foreign include */
};

/* Follows UNIT up to the header; SEARCH are its folders. */
struct prefix prefix_read(struct arena *arena, struct lookup *lookup, const struct project_unit *unit,
                          const struct search *search);

#endif
