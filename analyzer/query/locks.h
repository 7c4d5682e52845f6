/*
 * locks.h: the lock states at every event of every function, with a story for
 * each. What census, plan and map have in common.
 *
 * Comes in: a program behind gil_spread. Goes out: one point per event and one
 * per end of a block. Judges nothing.
 */
#ifndef QUERY_LOCKS_H
#define QUERY_LOCKS_H

#include "flow/flow.h"

/* The index of a state's story: held, released, assumed, unknown. */
enum { LOCK_STATES = 4 };

/* One event, or the end of a block. `states` 0: control was not seen to get there. */
struct lock_point {
        gil_set states;
        const struct step *why[LOCK_STATES];
        const struct step *doubt; /* code of which nothing is known may lead here, in any state: how */
        bool observed;
};

struct function_locks {
        const struct function *function;
        int *first; /* per block: index of its first event's point; its end's point is behind the last event's
                     */
        struct lock_point *points;
        int npoints;
        bool steady; /* the lock does not change in it */
        bool walked; /* along its paths, because it does, or because it is entered without */
};

struct locks {
        const struct program *program;
        struct function_locks *at; /* by function->index */
};

/* Walks every function in every way of entering it. Everything lives in ARENA. */
struct locks *locks_find(struct arena *arena, struct program *program);

/* The point of event INDEX of BLOCK; of the block's end when INDEX is its number of events. */
const struct lock_point *lock_at(const struct locks *locks, const struct function *function, int block,
                                 int index);

#endif
