/*
 * depth.h: how deep a thread is in the lock.
 */
#ifndef FLOW_DEPTH_H
#define FLOW_DEPTH_H

#include "flow/walk.h"

/*
 * state_branch for a function that counts. `if (depth++ == 0) take();` says how
 * often the lock was taken and not given back: with the lock as it is before
 * all of them the counter is zero, and the SIDE where it is not cannot be taken.
 */
bool depth_branch(struct walk *walk, struct state *state, int block, int condition, int side);

#endif
