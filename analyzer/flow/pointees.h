/*
 * pointees.h: the functions that a pointer may point to.
 */
#ifndef FLOW_POINTEES_H
#define FLOW_POINTEES_H

#include "flow/walk.h"

struct functions {
        VEC(struct function *) list;
        VEC(sym) from; /* per function: the cell it lies in, NULL: named in the call itself */
};

/* Adds to OUT the functions of the tree that VALUE may be at VISIT. */
void functions_of(const struct visit *visit, int value, struct functions *out);

/* Where the program stores FUNCTION in the cell KEY, as a step behind BECAUSE; BECAUSE itself for KEY NULL.
 */
const struct step *stored_step(const struct visit *visit, const struct function *function, sym key,
                               const struct step *because);

#endif
