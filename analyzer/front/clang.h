/*
 * clang.h: what a worker says of the libclang it has. In: the worker's
 * program, its answer, the cache. Out: struct clang_info, without starting a
 * worker when an earlier run has asked the same one. Knows nothing of units.
 */
#ifndef FRONT_CLANG_H
#define FRONT_CLANG_H

#include "front/cache.h"

/* What libclang says of itself; see struct job, `info`. */
struct clang_info {
        const char *version, *library, *resource; /* "" when the worker did not say */
        const char *worker;                       /* hash of the worker's program */
        bool pch;                                 /* precompiled headers change nothing but the time */
};

/* Reads the answer to a job that asks. */
struct clang_info clang_info_read(struct arena *arena, const char *bytes, size_t length);

/* The hash of the worker PROGRAM, "" when it cannot be read. */
const char *clang_worker(struct arena *arena, const char *program);

/* Fills INFO with what CACHE (or NULL) knows of the libclang of WORKER; false unless that is still the one.
 */
bool clang_recall(struct cache *cache, struct arena *arena, const char *worker, struct clang_info *info);

/* Keeps what WORKER answered. */
void clang_keep(struct cache *cache, struct arena *arena, const char *worker, const struct text *answer);

#endif
