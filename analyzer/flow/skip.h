/*
 * skip.h: loops that a path does not go round once.
 */
#ifndef FLOW_SKIP_H
#define FLOW_SKIP_H

#include "flow/walk.h"

/* STATE comes to where BLOCK begins, from walk->from. */
void skip_arrives(struct walk *walk, int block, const struct state *state);

/* STATE goes on from BLOCK to its successor SIDE. */
void skip_leaves(const struct walk *walk, int block, int side, struct state *state);

/*
 * True when the path got by a loop each round of which gives the block followed
 * to somebody. Who writes such a loop mostly knows that there is something to
 * go round for.
 */
bool skip_decides(const struct walk *walk, const struct state *state);

#endif
