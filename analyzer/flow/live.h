/*
 * live.h: which variables are still read behind a point. Dead ones are dropped
 * from states, so that they neither cost nor keep paths apart.
 */
#ifndef FLOW_LIVE_H
#define FLOW_LIVE_H

#include "flow/order.h"

struct live {
        int *slot;                 /* per place: the bit of a variable, -1 for what is none */
        int words;                 /* of a bit set over the variables */
        uint64_t **at;             /* per block: live where it begins */
        const struct order *order; /* of the blocks */
        const struct event **made; /* per place: the one call that an unnamed value comes from, or NULL */
};

/* Liveness of locals, parameters and temporaries. A variable whose address is taken, and every record, is
 * always live. */
struct live *live_new(struct arena *arena, const struct func *func);

#endif
