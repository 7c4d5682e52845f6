/*
 * outcome.h: the exits of a walk, and the conditional effects they distil to.
 */
#ifndef FLOW_OUTCOME_H
#define FLOW_OUTCOME_H

#include "flow/walk.h"

/* What happened to the property that a walk followed, on one way out of the function. */
struct outcome {
        int kind; /* the caller's; outcomes of one kind, part, spot and family make one effect */
        int part; /* the caller's too: outcomes alike in all else that have conditions of their own */
        struct spot at, from;
        VEC(struct spot) also; /* further spots that hold the block, of which no account is taken here */
        families family;
        gil_set leaves;
        bool unsure; /* what leads there is not known for sure */
        struct span result;
        VEC(struct test) facts; /* what is known at the exit of what existed at entry */
        const struct step *why;
};

struct outcomes {
        VEC(struct outcome) list;
};

/* An outcome with the result's span and the facts of STATE filled in, appended to OUT. */
struct outcome *outcome_add(struct outcomes *out, struct walk *walk, const struct state *state, int value);

/* A condition under which a group of outcomes happens, as far as spans can say it. */
struct condition {
        struct span result;
        struct test *when;
        int nwhen;
        bool maybe; /* other outcomes happen under it too */
        const struct step *why;
};

/* The condition of all outcomes that equal PICK in kind, part, spots, family and lock; memory from ARENA. */
struct condition outcome_condition(struct arena *arena, const struct outcomes *all,
                                   const struct outcome *pick);

/* True when OTHER is no exit under the condition. */
bool outcome_excluded(const struct condition *condition, const struct outcome *other);

/* What an exit knows of the value at a spot. */
struct span outcome_fact(const struct outcome *outcome, const struct spot *spot);

/* True when both are of one group. */
bool outcome_same(const struct outcome *a, const struct outcome *b);

/* The first outcome of the group of I. */
int outcome_first(const struct outcomes *all, int i);

/* True when an earlier outcome than I is of the same group. */
bool outcome_repeats(const struct outcomes *all, int i);

#endif
