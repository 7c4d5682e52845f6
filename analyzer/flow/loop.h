/*
 * loop.h: conditions of loops on memory that others write.
 */
#ifndef FLOW_LOOP_H
#define FLOW_LOOP_H

#include "flow/walk.h"

/* True when the CONDITION that the block of VISIT ends with is not known any more: what it reads is read
 * anew.
 */
bool loop_doubted(struct walk *walk, struct visit *visit, int condition);

#endif
