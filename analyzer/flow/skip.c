/* skip.c: see skip.h. A loop's head remembers the states in which it is come back to; a state remembers the
 * heads at which it owned the block and went on behind the loop. */
#include "flow/skip.h"

#include <string.h>

static bool is_own(const struct state *state)
{
        return state->status == BLOCK_OWNED && !state->stored;
}

void skip_arrives(struct walk *walk, int block, const struct state *state)
{
        const struct order *order = walk->live->order;
        struct node *node = &walk->nodes[block];
        if (walk->property != FOLLOW_BLOCK || walk->from < 0 || order->leaves[block] < 0 ||
            order->place[walk->from] < order->place[block])
                return;
        node->passed_on |= state->status == BLOCK_ESCAPED || (state->status == BLOCK_OWNED && state->stored);
        for (int i = 0; i < node->back.n; i++)
                if (skips_equal(&node->back.at[i], &state->skips))
                        return;
        if (is_own(state))
                VEC_PUSH(walk->arena, &node->back, state->skips);
}

void skip_leaves(const struct walk *walk, int block, int side, struct state *state)
{
        struct skips *skips = &state->skips;
        if (walk->property != FOLLOW_BLOCK || walk->live->order->leaves[block] != side || !is_own(state))
                return;
        for (int i = 0; i < skips->n; i++)
                if (skips->heads[i] == block)
                        return;
        if (skips->n < SKIPS_MOST)
                skips->heads[skips->n++] = block;
}

/* One of the loops gives the block away in each round. DEPTH: of loops in loops. */
static bool passes_on(const struct walk *walk, const struct skips *skips, int depth)
{
        for (int i = 0; i < skips->n; i++) {
                const struct node *node = &walk->nodes[skips->heads[i]];
                bool always = node->passed_on && depth;
                for (int j = 0; j < node->back.n && always; j++)
                        always = passes_on(walk, &node->back.at[j], depth - 1);
                if (always)
                        return true;
        }
        return false;
}

bool skip_decides(const struct walk *walk, const struct state *state)
{
        return passes_on(walk, &state->skips, SKIPS_MOST);
}

bool skips_equal(const struct skips *a, const struct skips *b)
{
        return a->n == b->n && !memcmp(a->heads, b->heads, (size_t)a->n * sizeof a->heads[0]);
}

void skips_join(struct skips *skips, const struct skips *other)
{
        int kept = 0;
        for (int i = 0; i < skips->n; i++)
                for (int j = 0; j < other->n; j++)
                        if (skips->heads[i] == other->heads[j]) {
                                skips->heads[kept++] = skips->heads[i];
                                break;
                        }
        skips->n = kept;
}
