/*
 * names.c: see names.h. Open addressing with linear probing; the table doubles
 * at three quarters full.
 */
#include "base/names.h"

#include "base/arena.h"
#include "base/hash.h"

#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

struct names {
        struct arena *arena;
        sym *slots;
        size_t nslots, used;
        pthread_mutex_t lock;
        bool shared; /* only then it is taken */
};

struct names *names_new(struct arena *arena)
{
        struct names *names = NEW(arena, struct names);
        names->arena = arena;
        pthread_mutex_init(&names->lock, NULL);
        names->nslots = 1024;
        names->slots = NEW_ARRAY(arena, sym, names->nslots);
        return names;
}

static sym *find(const struct names *names, const char *text, size_t length)
{
        size_t at = (size_t)hash_bytes(text, length) & (names->nslots - 1);
        while (names->slots[at]) {
                if (!strncmp(names->slots[at], text, length) && !names->slots[at][length])
                        break;
                at = (at + 1) & (names->nslots - 1);
        }
        return &names->slots[at];
}

static void grow(struct names *names)
{
        sym *old = names->slots;
        size_t n = names->nslots;
        names->nslots = 2 * n;
        names->slots = NEW_ARRAY(names->arena, sym, names->nslots);
        for (size_t i = 0; i < n; i++)
                if (old[i])
                        *find(names, old[i], strlen(old[i])) = old[i];
}

void names_share(struct names *names, bool shared)
{
        names->shared = shared;
}

static sym enter(struct names *names, const char *text, size_t length)
{
        sym *slot = find(names, text, length);
        if (*slot)
                return *slot;
        if (4 * ++names->used > 3 * names->nslots) {
                grow(names);
                slot = find(names, text, length);
        }
        return *slot = arena_strndup(names->arena, text, length);
}

sym name_of_bytes(struct names *names, const char *text, size_t length)
{
        const char *end = memchr(text, 0, length);
        if (end)
                length = (size_t)(end - text);
        if (!names->shared)
                return enter(names, text, length);
        pthread_mutex_lock(&names->lock);
        sym name = enter(names, text, length);
        pthread_mutex_unlock(&names->lock);
        return name;
}

sym name_of(struct names *names, const char *text)
{
        return name_of_bytes(names, text, strlen(text));
}

sym name_printf(struct names *names, const char *format, ...)
{
        char buffer[512];
        va_list args, again;
        va_start(args, format);
        va_copy(again, args);
        int length = vsnprintf(buffer, sizeof buffer, format, args);
        va_end(args);
        sym name;
        if (length < (int)sizeof buffer) {
                name = name_of_bytes(names, buffer, (size_t)length);
        } else {
                struct arena *scratch = arena_new();
                name = name_of(names, arena_vprintf(scratch, format, again));
                arena_drop(scratch);
        }
        va_end(again);
        return name;
}

sym name_known(struct names *names, const char *text)
{
        if (!names->shared)
                return *find(names, text, strlen(text));
        pthread_mutex_lock(&names->lock);
        sym name = *find(names, text, strlen(text));
        pthread_mutex_unlock(&names->lock);
        return name;
}
