/*
 * cache.h: unit files of earlier runs. In: units with keys, the unit files
 * made for them. Out: the unit file that parsing would make again, or nothing.
 * A damaged, foreign or outdated file is nothing. Many processes may use one
 * folder at once: files are only ever replaced whole.
 */
#ifndef FRONT_CACHE_H
#define FRONT_CACHE_H

#include "base/file.h"
#include "front/deps.h"
#include "front/project.h"

struct cache {
        struct arena *arena;
        const char *dir; /* NULL: there is no cache */
        struct deps *deps;
        bool written;     /* something was added in this run */
        bool closed;      /* something could not be written: no more tries */
        const char *note; /* the first thing that went wrong, as a sentence, or NULL */
};

/* The folder DIR, or for NULL the user's; made when it is missing. Never fails: then `dir` is NULL. */
struct cache *cache_open(struct arena *arena, const char *dir);

/* By what units are judged from now on. */
void cache_serve(struct cache *cache, struct deps *deps);

/* The unit file of UNIT under KEY in ARENA; false when there is none that holds. */
bool cache_get(struct cache *cache, struct arena *arena, const struct project_unit *unit, const char *key,
               struct text *bytes);

/* Keeps BYTES for the next run; false when that run would not find them. */
bool cache_put(struct cache *cache, const struct project_unit *unit, const char *key,
               const struct text *bytes);

/* Any other bytes under KEY, of which the caller judges whether they still hold. KIND: "units", "pch",
 * "clang", "reports". */
bool cache_load(struct cache *cache, struct arena *arena, const char *kind, const char *key,
                struct text *bytes);
bool cache_store(struct cache *cache, const char *kind, const char *key, const char *bytes, size_t length);

/* A path for a file of KIND that others will write, its folder made; NULL without a cache. */
const char *cache_path(struct cache *cache, struct arena *arena, const char *kind, const char *key);

/* When something was written: removes what was not used for longest, until LIMIT bytes (0: the default) are
 * left. */
void cache_close(struct cache *cache, unsigned long long limit);

#endif
