/*
 * witness.h: why something is believed. A witness is its last step; each step
 * points at the one before it. Tails are shared, nothing is copied, as with
 * the parent pointers of a breadth-first search.
 */
#ifndef IR_WITNESS_H
#define IR_WITNESS_H

#include "base/names.h"

#include <stdint.h>

/* A range in a file of the tree. Lines and byte columns from 1; end_line 0: not known. */
struct where {
        sym file;
        uint32_t line, col, end_line, end_col;
};

enum step_kind {
        STEP_OTHER,
        STEP_ENTER,   /* control comes in: an entry point, a thread start */
        STEP_CALL,    /* a call into another function of the tree */
        STEP_ACQUIRE, /* the lock is taken */
        STEP_RELEASE, /* the lock is given up */
        STEP_BRANCH,  /* a condition that this path takes */
        STEP_ALLOC,   /* memory is obtained */
        STEP_STORE,   /* it moves into a field, a parameter, a result */
        STEP_FREE,    /* it is given back */
        STEP_FAULT,   /* the place of the finding itself */
};

struct step {
        enum step_kind kind;
        struct where at;
        sym func;          /* bare name of the function it happens in, NULL at file scope */
        const char *said;  /* a clause without full stop: "the lock is released here because 'n > 500'" */
        const char *state; /* "held", "released", "either" or NULL: of the lock behind this step */
        const struct step *because;
};

#endif
