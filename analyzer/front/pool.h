/*
 * pool.h: the units of a project, parsed. In: struct project. Out: struct
 * units, read from the cache or made by worker processes that run beside each
 * other, under limits of time and memory. A worker that dies or hangs costs
 * the unit it had. Knows nothing of libclang and nothing of what is in a unit.
 */
#ifndef FRONT_POOL_H
#define FRONT_POOL_H

#include "front/project.h"
#include "ir/ir.h"

#include <stdbool.h>

struct pool_options {
        int workers;                   /* -j; 0: one for each core this process may use */
        double deadline;               /* seconds of wall time that a small unit may take; 0: the default */
        bool no_cache;                 /* neither read nor write the cache */
        bool no_pch;                   /* no precompiled headers */
        const char *cache_dir;         /* NULL: $XDG_CACHE_HOME/pymemlint, else ~/.cache/pymemlint */
        unsigned long long cache_size; /* bytes it may hold; 0: the default */
        /* Called in the parent whenever a unit is done, DONE counting from 1; NULL for none. */
        void (*progress)(void *context, int done, int total, const char *path);
        void *context;
};

/* What a unit cost. */
struct unit_cost {
        double seconds; /* wall time in the worker, or of reading it from the cache */
        bool cached;    /* came from the cache */
        bool pch;       /* parsed with a precompiled header */
};

struct units {
        struct unit **at; /* one for each project->units, in that order, never NULL */
        struct unit_cost *costs;
        int n;
        int whole, partial, failed, cached;
        const char *resource;    /* folder of its own headers, "" when it does not say */
        const char *clang;       /* what libclang says of its version, "" when it does not */
        const char *trace;       /* all that the units rest on, NULL when it cannot be told; see trace.h */
        VEC(const char *) notes; /* sentences for standard error: "the cache ... cannot be written: ..." */
};

/*
 * Obtains every unit. A unit that could not be had is there as UNIT_FAILED
 * with a diag that says why. Units live in ARENA, their names in NAMES. NULL
 * with one sentence in *ERROR when no worker can be started at all.
 * Call it before the process has threads: it forks.
 */
struct units *units_obtain(struct arena *arena, struct names *names, const struct project *project,
                           const struct pool_options *options, const char **error);

/* Says in *REPORT what the cache at DIR (NULL: the default) holds. False with a sentence there on failure. */
bool cache_info(struct arena *arena, const char *dir, const char **report);

/* Empties it; otherwise as cache_info. Removes only files that are the cache's own. */
bool cache_clean(struct arena *arena, const char *dir, const char **report);

/* Processors that the process may run on and that the quota of its container pays for; at least 1. */
int pool_cores(void);

#endif
