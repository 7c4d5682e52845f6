/*
 * flags.h: flags that stand beside a block in its record: what they hold when
 * the block is stored tells which of several stores a release can meet.
 */
#ifndef FLOW_FLAGS_H
#define FLOW_FLAGS_H

#include "flow/walk.h"

/* What is known of the other fields of the record in which ADDRESS lies, ended by one without a key; or NULL.
 */
const struct flag *flags_of(const struct visit *visit, int address);

/* CONTENT is stored at ADDRESS: the blocks that stand in the same record already are known by it, too. */
void flags_late(const struct visit *visit, int address, int content);

/* What CELL holds at ADDRESS by the flags on this path, or what a callee's EFFECT finds there by its tests.
 */
bool flags_fit(const struct visit *visit, const struct flag *when, int address);
bool flags_expected(const struct flag *when, const struct effect *effect);

#endif
