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

#endif
