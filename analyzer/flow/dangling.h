/*
 * dangling.h: fields of objects that are left pointing at released blocks.
 */
#ifndef FLOW_DANGLING_H
#define FLOW_DANGLING_H

#include "flow/block_site.h"

/* Per key of a field: what ends the objects that have it and releases what it holds, whatever else is true;
 * and every function that ends objects. For struct asking. Memory from ARENA. */
const struct map *dangling_read(struct program *program, struct arena *arena);

/* Asks the rules when STATE, at an exit of WALK, leaves the block released in such a field of parameter 0. */
void dangling_exit(struct block_asking *block, struct walk *walk, struct state *state, struct loc at);

#endif
