/*
 * order.h: the order in which the blocks of a function are gone through: part
 * by part, where a part is a loop with all that is inside of it (a strongly
 * connected component of the graph) or a single block outside of any. What
 * comes into a part has gone through all parts before it, so that a part is
 * left for good when it has settled.
 */
#ifndef FLOW_ORDER_H
#define FLOW_ORDER_H

#include "ir/ir.h"

struct order {
        int *at;   /* the blocks that can be reached; the parts one after the other, callers' side first,
                      inside of a part in reverse postorder from the entry */
        int n;     /* of these */
        int *part; /* per block: the number of its part, ascending in `at`; -1 for one that is not reached */
        bool *cyclic; /* per part: it is a loop */
        int *place;   /* per block: where it stands in `at` */
        int *leaves;  /* per block: of a loop's head that ends in a choice, the successor (0, 1) behind the
                         loop; -1:  none */
        int *only;    /* per block: its only predecessor, -1 when there are none or several */
};

/* The order of FUNC's blocks, in ARENA. */
struct order *order_new(struct arena *arena, const struct func *func);

/* The blocks that BLOCK leads to are written to OUT, which has room for them; their number. */
int block_successors(const struct block *block, int *out);

#endif
