/*
 * branch.h: what a condition says of the block that a walk follows, beyond what
 * is true of the values in it.
 */
#ifndef FLOW_BRANCH_H
#define FLOW_BRANCH_H

#include "flow/walk.h"

/* CONDITION is asked in STATE: decides it when it compares the block's address with that of another object.
 */
void branch_asked(struct walk *walk, struct state *state, int condition);

/*
 * BLOCK is left with TRUTH as the value of its CONDITION; CHOICE: it could have
 * been the other one. Notes in STATE what that says of the block followed, and
 * the step of its story.
 */
void branch_taken(struct walk *walk, struct state *state, const struct block *block, int condition,
                  bool truth, bool choice);

#endif
