/*
 * state_pool.c: states are copied at every branch and most are dropped a block
 * later; the memory of those is what the next copies are made in.
 */
#include "flow/state.h"

#include <string.h>

/* A state that is looked at after it was dropped is found by AddressSanitizer. */
#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/asan_interface.h>
#define CLOSE(state) ASAN_POISON_MEMORY_REGION(state, sizeof *(state))
#define OPEN(state) ASAN_UNPOISON_MEMORY_REGION(state, sizeof *(state))
#else
#define CLOSE(state) (void)0
#define OPEN(state) (void)0
#endif

static struct state *take(struct state_pool *pool)
{
        struct state *state = pool->spare;
        if (!state)
                return NEW(pool->arena, struct state);
        OPEN(state);
        pool->spare = state->next;
        return state;
}

struct state *state_new(struct state_pool *pool)
{
        return state_shell(&(const struct state){.pool = pool});
}

struct state *state_shell(const struct state *state)
{
        struct state *shell = take(state->pool), old = *shell;
        *shell = *state;
        shell->next = NULL;
        shell->store = old.store;
        shell->facts = old.facts;
        shell->clobbers = old.clobbers;
        shell->store.n = shell->facts.n = shell->clobbers.n = 0;
        return shell;
}

/* The elements of FROM, with room for some more. */
#define LIST_COPY(arena, to, from)                                                                           \
        do {                                                                                                 \
                if ((to)->room < (from)->n) {                                                                \
                        (to)->room = (from)->n + 8;                                                          \
                        (to)->at = arena_alloc((arena), (size_t)(to)->room * sizeof *(to)->at);              \
                }                                                                                            \
                if ((from)->n)                                                                               \
                        memcpy((to)->at, (from)->at, (size_t)(from)->n * sizeof *(to)->at);                  \
                (to)->n = (from)->n;                                                                         \
        } while (0)

struct state *state_copy(const struct state *state)
{
        struct state *copy = state_shell(state);
        LIST_COPY(state->pool->arena, &copy->store, &state->store);
        LIST_COPY(state->pool->arena, &copy->facts, &state->facts);
        LIST_COPY(state->pool->arena, &copy->clobbers, &state->clobbers);
        return copy;
}

void state_drop(struct state *state)
{
        state->next = state->pool->spare;
        state->pool->spare = state;
        CLOSE(state);
}
