/* keys.c: see keys.h. */
#include "link/keys.h"

#include "base/hash.h"
#include "base/map.h"

enum { KEYS_COUNTED = 64, KEYS_LISTED = 8 };

static uint64_t hash_of(sym key)
{
        return hash_pair(MAP_KEY(key), 0);
}

/* Where KEY stands in the table, or the free place for it. */
static sym *slot_of(const struct keys *keys, sym key)
{
        int at = (int)(hash_of(key) >> 8) & (keys->nslots - 1);
        while (keys->slots[at] && keys->slots[at] != key)
                at = (at + 1) & (keys->nslots - 1);
        return &keys->slots[at];
}

bool keys_has(const struct keys *keys, sym key)
{
        if (keys->all)
                return true;
        if (!(keys->mask & (uint64_t)1 << (hash_of(key) & 63)))
                return false;
        if (keys->nslots)
                return *slot_of(keys, key) != NULL;
        for (int i = 0; i < keys->list.n; i++)
                if (keys->list.at[i] == key)
                        return true;
        return false;
}

void keys_add(struct arena *arena, struct keys *keys, sym key)
{
        if (keys_has(keys, key))
                return;
        if (keys->list.n == KEYS_COUNTED) {
                keys->all = true;
                return;
        }
        keys->mask |= (uint64_t)1 << (hash_of(key) & 63);
        VEC_PUSH(arena, &keys->list, key);
        if (keys->nslots) {
                *slot_of(keys, key) = key;
        } else if (keys->list.n > KEYS_LISTED) {
                keys->nslots = 4 * KEYS_COUNTED;
                keys->slots = NEW_ARRAY(arena, sym, keys->nslots);
                for (int i = 0; i < keys->list.n; i++)
                        *slot_of(keys, keys->list.at[i]) = keys->list.at[i];
        }
}

void keys_add_all(struct arena *arena, struct keys *keys, const struct keys *other)
{
        keys->all |= other->all;
        keys->library |= other->library;
        keys->outside |= other->outside;
        for (int i = 0; i < other->list.n; i++)
                keys_add(arena, keys, other->list.at[i]);
}
