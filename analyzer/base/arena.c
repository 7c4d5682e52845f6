/*
 * arena.c: see arena.h. Chunks are kept in a list, each at least twice as
 * large as the one before, so that a growing arena costs O(log n) calls.
 */
#include "base/arena.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

struct chunk {
        struct chunk *next;
        size_t size, used;
        alignas(max_align_t) char bytes[];
};

struct arena {
        struct chunk *chunks; /* newest first */
        size_t used;
        struct arena *children, *sibling;
};

static void *must(void *ptr)
{
        if (!ptr) {
                fputs("pymemlint: out of memory\n", stderr);
                exit(3);
        }
        return ptr;
}

static struct chunk *chunk_new(size_t size, struct chunk *next)
{
        struct chunk *chunk = must(malloc(sizeof *chunk + size));
        chunk->next = next;
        chunk->size = size;
        chunk->used = 0;
        return chunk;
}

struct arena *arena_new(void)
{
        struct arena *arena = must(malloc(sizeof *arena));
        *arena = (struct arena){.chunks = chunk_new(8192, NULL)};
        return arena;
}

struct arena *arena_child(struct arena *parent)
{
        struct arena *child = arena_new();
        child->sibling = parent->children;
        parent->children = child;
        return child;
}

static void drop_children(struct arena *arena)
{
        for (struct arena *child = arena->children, *next; child; child = next) {
                next = child->sibling;
                arena_drop(child);
        }
        arena->children = NULL;
}

void arena_drop(struct arena *arena)
{
        if (!arena)
                return;
        drop_children(arena);
        for (struct chunk *chunk = arena->chunks, *next; chunk; chunk = next) {
                next = chunk->next;
                free(chunk);
        }
        free(arena);
}

void arena_reset(struct arena *arena)
{
        drop_children(arena);
        struct chunk *keep = arena->chunks;
        for (struct chunk *chunk = keep->next, *next; chunk; chunk = next) {
                next = chunk->next;
                free(chunk);
        }
        keep->next = NULL;
        keep->used = 0;
        arena->used = 0;
}

static void *hand_out(struct arena *arena, size_t size)
{
        struct chunk *chunk = arena->chunks;
        if (chunk->size - chunk->used < size) {
                size_t larger = chunk->size < (1u << 22) ? chunk->size * 2 : chunk->size;
                chunk = chunk_new(size > larger ? size : larger, chunk);
                arena->chunks = chunk;
        }
        void *ptr = chunk->bytes + chunk->used;
        chunk->used += size;
        arena->used += size;
        return ptr;
}

static size_t rounded(size_t size)
{
        const size_t unit = alignof(max_align_t);
        return (size + unit - 1) / unit * unit;
}

void *arena_alloc(struct arena *arena, size_t size)
{
        size = rounded(size);
        return memset(hand_out(arena, size), 0, size);
}

void *arena_grow(struct arena *arena, const void *ptr, size_t old, size_t size)
{
        size = rounded(size);
        char *fresh = hand_out(arena, size);
        if (old)
                memcpy(fresh, ptr, old);
        memset(fresh + old, 0, size - old);
        return fresh;
}

char *arena_strndup(struct arena *arena, const char *text, size_t length)
{
        char *copy = arena_alloc(arena, length + 1);
        memcpy(copy, text, length);
        return copy;
}

char *arena_vprintf(struct arena *arena, const char *format, va_list args)
{
        char buffer[256]; /* most texts fit: formatted once */
        va_list again;
        va_copy(again, args);
        int length = vsnprintf(buffer, sizeof buffer, format, args);
        if (length < (int)sizeof buffer) {
                va_end(again);
                return arena_strndup(arena, buffer, (size_t)length);
        }
        char *text = arena_alloc(arena, (size_t)length + 1);
        vsnprintf(text, (size_t)length + 1, format, again);
        va_end(again);
        return text;
}

char *arena_printf(struct arena *arena, const char *format, ...)
{
        va_list args;
        va_start(args, format);
        char *text = arena_vprintf(arena, format, args);
        va_end(args);
        return text;
}

void arena_keep_memory(void)
{
#ifdef __GLIBC__
        mallopt(M_MMAP_THRESHOLD, 32 << 20); /* the largest it takes; our chunks are smaller */
        mallopt(M_TRIM_THRESHOLD, 256 << 20);
#endif
}
