/*
 * shown_site.c: a block that a function of which nothing is known was given.
 * Comes in: the exits of the walk that follows it; goes out: questions to the
 * rules. Such a function may keep what it gets. But where this function
 * releases the block behind that very call wherever it goes on to succeed,
 * nobody kept it: on a failure behind the call that does not release it, it is
 * lost.
 */
#include "flow/block_site.h"

#include <string.h>

/* What is returned says that the function failed. */
static bool fails(const struct walk *walk, const struct state *state, int value)
{
        struct span span = value < 0 ? SPAN_ALL : state_span(state, &walk->values, value);
        bool pointer = walk->func->result && strchr(walk->func->result, '*');
        return pointer ? span_is_zero(span) : span.high < 0;
}

bool shown_exit(struct block_asking *block, const struct walk *walk, const struct state *state, int value)
{
        bool failed = fails(walk, state, value), freed = state->status == BLOCK_FREED;
        if (!state->shown || (!freed && state->status != BLOCK_ESCAPED))
                return false;
        if (!failed)
                VEC_PUSH(block->asking->out->arena, freed ? &block->back.list : &block->kept.list,
                         state->shown);
        return failed && !freed;
}
