/*
 * keys.h: a set of keys of memory (fields and globals), in order of first
 * mention. Small: beyond a number it stands for all memory. As an answer to what
 * a call writes it also says whose code may write what has no key here.
 */
#ifndef LINK_KEYS_H
#define LINK_KEYS_H

#include "base/names.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>

struct keys {
        VEC(sym) list;
        uint64_t mask; /* a bit per key's hash: most questions end here */
        sym *slots;    /* a table of them once they are many */
        int nslots;
        bool all;     /* any memory */
        bool library; /* a function of a library runs: what every one of them may set */
        bool outside; /* ... of which nothing is known: the globals that it can reach */
};

void keys_add(struct arena *arena, struct keys *keys, sym key);
void keys_add_all(struct arena *arena, struct keys *keys, const struct keys *other);
bool keys_has(const struct keys *keys, sym key);

#endif
