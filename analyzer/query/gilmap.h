/*
 * gilmap.h: the lock state of every line, as plain rows: what shades a source
 * like a coverage report. Opens no source.
 */
#ifndef QUERY_GILMAP_H
#define QUERY_GILMAP_H

#include "query/census.h"

/* A line at which the state is another than on the line before it, and why. */
struct map_reason {
        uint32_t line;
        enum lock_column state;
        const struct step *why; /* the story that leads to this state, NULL when there is none */
};

/* A call of a function of the tree, for a link. */
struct map_call {
        struct where at; /* the name of the callee begins here */
        sym name;        /* of the callee */
        struct where to; /* its definition */
};

struct map_caller {
        sym name;
        struct where at; /* of the call */
};

struct map_function {
        sym name;
        struct where at;
        VEC(struct map_caller) callers;
        VEC(const struct step *) entries; /* how control gets in, one story for each way */
};

struct map_file {
        sym path;
        uint32_t nlines;       /* the last line of its last function */
        uint32_t room;         /* lines that `states` has room for */
        unsigned char *states; /* per line, from 1: 0 no code, else 1 + enum lock_column */
        int counts[LOCK_COLUMNS];
        VEC(struct map_reason) reasons;     /* by line */
        VEC(struct map_call) calls;         /* by line and column */
        VEC(struct map_function) functions; /* by line */
};

struct gilmap {
        VEC(struct map_file *) files; /* by path */
        int counts[LOCK_COLUMNS];
};

/* The map of a program behind gil_spread; everything lives in ARENA. */
struct gilmap *gilmap_make(struct arena *arena, struct program *program);

#endif
