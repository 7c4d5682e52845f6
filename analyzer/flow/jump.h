/*
 * jump.h: jumps back to a call that returns twice, in walks that follow the lock.
 */
#ifndef FLOW_JUMP_H
#define FLOW_JUMP_H

#include "flow/walk.h"

/* The part of the order that a block stands in; jumps back make one loop of a whole function. */
int walk_part(const struct walk *walk, int block);

/* Finds out whether WALK follows the jumps of its function: walk->jumps. */
void jump_init(struct walk *walk);

/* The states of the lock in which the call of VISIT, which may jump, does so. */
gil_set jump_states(const struct visit *visit);

/* The call of VISIT may end in a jump: its state goes on where the walk lands. */
void jump_note(struct walk *walk, const struct visit *visit);

/* Behind a call that returns twice: the first return in OUT, and a second one for each state that jumped. */
void jump_land(struct walk *walk, const struct visit *visit, struct states *out);

#endif
