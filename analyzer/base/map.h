/*
 * map.h: from a 64-bit key (a number, a pointer, a hash) to a pointer. Iteration
 * is in order of insertion, so that output never depends on addresses. Keys are
 * compared as they are: who keys by a hash of 64 bits takes two equal ones for one
 * thing. Nothing is ever removed.
 */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stdbool.h>
#include <stdint.h>

struct arena;

struct map_entry {
        uint64_t key;
        void *value;
};

struct map {
        struct arena *arena;
        struct map_entry *entries; /* in order of insertion */
        int n, room;
        int *slots; /* index into entries plus one, 0 is free */
        int nslots;
};

/* An empty map whose memory comes from ARENA. */
void map_init(struct map *map, struct arena *arena);

/* The value stored under KEY, or NULL. */
void *map_get(const struct map *map, uint64_t key);

/* The place of KEY's value, made (as NULL) when the key is new. Valid until the next map_at. */
void **map_at(struct map *map, uint64_t key);

#define MAP_KEY(pointer) ((uint64_t)(uintptr_t)(pointer))

#endif
