/*
 * lock_at.h: in which states of the lock a function makes its calls.
 */
#ifndef FLOW_LOCK_AT_H
#define FLOW_LOCK_AT_H

#include "flow/flow.h"
#include "flow/walk.h"

/*
 * The states of the lock before each of the calls of FUNCTION, in their order,
 * over all its contexts; 0 for a call that no path comes to. Memory from ARENA.
 */
gil_set *lock_at_calls(struct program *program, struct function *function, struct arena *arena);

/* True when a walk can show more of CONTEXT than that its state is that of every call. */
bool lock_needs_walk(const struct function *function, const struct context *context);

#endif
