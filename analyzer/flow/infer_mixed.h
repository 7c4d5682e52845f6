/*
 * infer_mixed.h: fields that get a block of one of several families.
 */
#ifndef FLOW_INFER_MIXED_H
#define FLOW_INFER_MIXED_H

#include "flow/infer.h"

/* One field, and the families of what may be stored there at once. */
struct mixing {
        sym key;
        families set, told; /* told: has a writer of its own */
        const struct step *why;
};

struct mixed {
        VEC(struct mixing) list;
};

/* What is stored in the field KEY is of one of the families SET. False: they are not several. */
bool mixed_note(struct arena *arena, struct mixed *mixed, sym key, families set, const struct step *why);

/* Follows each of the blocks SUBJECTS that may be stored so, unless the PASSES before were too many. */
void infer_mixed(struct program *program, struct function *function, const struct live *live,
                 const struct subjects *subjects, struct mixed *mixed, int passes);

#endif
