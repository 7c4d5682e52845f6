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

/* The value in memory outside of this function that CONDITION compares with numbers, or -1; and where it
 * lies. */
int shared_operand(const struct walk *walk, int condition, int *address);

#endif
