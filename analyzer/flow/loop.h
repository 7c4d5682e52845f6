/*
 * loop.h: conditions on memory that others write.
 */
#ifndef FLOW_LOOP_H
#define FLOW_LOOP_H

#include "flow/walk.h"

/* True when the CONDITION that the block of VISIT ends with is not known any more: what it reads is read
 * anew.
 */
bool loop_doubted(struct walk *walk, struct visit *visit, int condition);

/*
 * state_branch for a function that counts. `if (depth++ == 0) take();` says how
 * often the lock was taken and not given back: with the lock as it is before
 * all of them the counter is zero, and the SIDE where it is not cannot be taken.
 */
bool depth_branch(struct walk *walk, struct state *state, int block, int condition, int side);

#endif
