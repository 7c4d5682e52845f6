/* map.c: see map.h. Open addressing over an entry array. */
#include "base/map.h"

#include "base/arena.h"
#include "base/hash.h"

void map_init(struct map *map, struct arena *arena)
{
        *map = (struct map){.arena = arena};
}

static int find(const struct map *map, uint64_t key)
{
        int mask = map->nslots - 1;
        int at = (int)(hash_pair(key, 1) & (uint64_t)mask);
        while (map->slots[at] && map->entries[map->slots[at] - 1].key != key)
                at = (at + 1) & mask;
        return at;
}

void *map_get(const struct map *map, uint64_t key)
{
        if (!map->nslots)
                return NULL;
        int slot = map->slots[find(map, key)];
        return slot ? map->entries[slot - 1].value : NULL;
}

static void grow(struct map *map)
{
        map->nslots = map->nslots ? 2 * map->nslots : 16;
        map->slots = NEW_ARRAY(map->arena, int, map->nslots);
        for (int i = 0; i < map->n; i++)
                map->slots[find(map, map->entries[i].key)] = i + 1;
}

void **map_at(struct map *map, uint64_t key)
{
        if (4 * (map->n + 1) > 3 * map->nslots)
                grow(map);
        int at = find(map, key);
        if (!map->slots[at]) {
                if (map->n == map->room) {
                        size_t old = (size_t)map->room * sizeof *map->entries;
                        map->room = map->room ? 2 * map->room : 8;
                        map->entries = arena_grow(map->arena, map->entries, old,
                                                  (size_t)map->room * sizeof *map->entries);
                }
                map->entries[map->n++] = (struct map_entry){.key = key};
                map->slots[at] = map->n;
        }
        return &map->entries[map->slots[at] - 1].value;
}
