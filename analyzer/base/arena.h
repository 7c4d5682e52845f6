/*
 * arena.h: memory with a lifetime instead of an owner.
 *
 * Blocks are handed out one after the other and given back all at once. There
 * is no way to release a single one. An arena is the only thing in the
 * analyzer that calls malloc(3) and free(3).
 */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stdarg.h>
#include <stddef.h>

struct arena;

/* A new empty arena. Never NULL: out of memory ends the process with a message. */
struct arena *arena_new(void);

/* A new empty arena that goes when PARENT goes; for a thread that must not take memory from PARENT itself. */
struct arena *arena_child(struct arena *parent);

/* Gives everything back, the arena itself and its children included. NULL is allowed. */
void arena_drop(struct arena *arena);

/* Forgets every block but keeps the memory for the next round. */
void arena_reset(struct arena *arena);

/* SIZE zeroed bytes, aligned for any type, valid until the arena is dropped or reset. */
void *arena_alloc(struct arena *arena, size_t size);

/* A copy of OLD bytes at PTR in a block of SIZE bytes, the rest zeroed. */
void *arena_grow(struct arena *arena, const void *ptr, size_t old, size_t size);

/* A zero-terminated copy of LENGTH bytes. */
char *arena_strndup(struct arena *arena, const char *text, size_t length);

/* printf into a fresh string. */
char *arena_printf(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *arena, const char *format, va_list args);

/*
 * Called once, at the start of a program that makes and drops many arenas: what
 * they give back stays with the process. Else the system takes it and has to
 * clear every page of it again for the next arena, which costs more than the work on it.
 */
void arena_keep_memory(void);

#define NEW(arena, type) ((type *)arena_alloc((arena), sizeof(type)))
#define NEW_ARRAY(arena, type, n) ((type *)arena_alloc((arena), sizeof(type) * (size_t)(n)))

#endif
