/*
 * vec.h: a growing array of one type, kept in an arena.
 *
 *      struct { VEC(int) numbers; } s = {0};
 *      VEC_PUSH(arena, &s.numbers, 42);
 *      for (int i = 0; i < s.numbers.n; i++) use(s.numbers.at[i]);
 *
 * Growing copies into a fresh block of the arena and leaves the old one, so
 * that a pointer into the array stays readable, but does not see later writes.
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/arena.h"

#define VEC(type)                                                                                            \
        struct {                                                                                             \
                type *at;                                                                                    \
                int n, room;                                                                                 \
        }

#define VEC_PUSH(arena, vec, ...) (VEC_ROOM(arena, vec), (vec)->at[(vec)->n++] = (__VA_ARGS__))

/* Makes sure that one more element fits. */
#define VEC_ROOM(arena, vec)                                                                                 \
        ((vec)->n < (vec)->room                                                                              \
             ? (void)0                                                                                       \
             : (void)((vec)->room = (vec)->room ? 2 * (vec)->room : 4,                                       \
                      (vec)->at = arena_grow((arena), (vec)->at, (size_t)(vec)->n * sizeof *(vec)->at,       \
                                             (size_t)(vec)->room * sizeof *(vec)->at)))

#endif
