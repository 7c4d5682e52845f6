/*
 * context.h: ways of entering a function, and what is known there.
 */
#ifndef FLOW_CONTEXT_H
#define FLOW_CONTEXT_H

#include "flow/flow.h"
#include "flow/walk.h"

/* True when whatever holds in FRESH holds in OLD: nothing new is learnt by it. */
bool context_covers(const struct context *old, const struct context *fresh, int nparams);

/* Of more variants than FUNCTION is entered in the facts are widened until they cover all that comes. */
void context_bound(struct arena *arena, const struct function *function, struct context *context);

/* Fills facts and functions given of CONTEXT with what the call of VISIT passes to TO. */
void context_facts(const struct visit *visit, const struct function *to, struct context *context);

/* The state in which CONTEXT enters the function of WALK. */
struct state *context_entry(struct walk *walk, const struct context *context);

/* Walks FUNCTION, entered in CONTEXT, for the lock: CALL is told of its calls, with DATA. */
void context_walk(struct program *program, struct function *function, const struct context *context,
                  void (*call)(void *data, const struct visit *visit), void *data);

/*
 * lock_at.c: the states of the lock before each of the calls of FUNCTION, in their
 * order, over all its contexts; 0 for a call that no path comes to. Memory from ARENA.
 */
gil_set *lock_at_calls(struct program *program, struct function *function, struct arena *arena);

/* True when a walk can show more of CONTEXT than that its state is that of every call. */
bool lock_needs_walk(const struct function *function, const struct context *context);

#endif
