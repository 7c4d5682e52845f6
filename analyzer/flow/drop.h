/*
 * drop.h: which calls surely give the last reference to an object back, so that
 * its type releases it there and then: an object made in this function, of a type
 * whose table is known, which nobody else can have got a reference to.
 */
#ifndef FLOW_DROP_H
#define FLOW_DROP_H

#include "flow/infer.h"

/* How the objects of the program's types end. */
struct ends;
struct ends *ends_read(struct program *program, struct arena *arena);

/*
 * Per number of an event of FUNCTION: the end of the object whose last reference
 * goes there, or NULL. NULL when there is none at all. SUBJECTS: the blocks that it
 * obtains. Adds the passes that it took to *PASSES. Memory from ARENA.
 */
const struct drop *const *drops_find(struct program *program, const struct ends *ends,
                                     struct function *function, struct arena *arena, const struct live *live,
                                     const struct subjects *subjects, int *passes);

/*
 * The parameters of FUNCTION to which it or a callee may take another reference, a bit each; those behind the
 * 64th are taken to be among them. Callees have theirs in `counts`.
 */
uint64_t params_counted(const struct function *function);

#endif
