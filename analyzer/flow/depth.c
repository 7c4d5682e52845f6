/*
 * depth.c: counters of how often a thread took the lock. Comes in: the condition
 * of a branch in a function that counts; goes out: whether the lock's state
 * contradicts the counter. For the lock alone.
 */
#include "flow/depth.h"

#include "flow/loop.h"

/* The block takes or gives up the lock where it is in STATE, and leaves it so. */
static bool turns_lock(const struct walk *walk, int block, gil_set state)
{
        bool turned = false;
        for (int e = 0; e < walk->func->blocks.at[block].events.n; e++) {
                const struct call *call = function_call(walk->function, block, e);
                for (int c = 0; call && call->contract && c < call->contract->gil.n; c++) {
                        const struct gil_case *lock = &call->contract->gil.at[c];
                        bool turns = state == GIL_RELEASED ? lock->leaves_released == GIL_HELD
                                                           : lock->leaves_held == GIL_RELEASED;
                        turned = turns || (turned && !lock->has_saves && !lock->has_restores);
                }
        }
        return turned;
}

/* What is known of VALUE, which is never negative, is known of what it is computed from. */
static bool count_known(struct walk *walk, struct state *state, int value)
{
        struct span span = state_span(state, &walk->values, value);
        if (!span_meet(&span, (struct span){0, INT64_MAX, false}))
                return false;
        for (;;) {
                struct value v = walk->values.list.at[value];
                if (!state_assume(state, &walk->values, value, span))
                        return false;
                if (v.kind != VALUE_ARITH || v.op > ARITH_SUB ||
                    walk->values.list.at[v.b].kind != VALUE_CONST)
                        return true;
                int64_t by = walk->values.list.at[v.b].number;
                enum arith back = v.op == ARITH_ADD ? ARITH_SUB : ARITH_ADD;
                if (!value_fold(back, span.low, by, &span.low) ||
                    (span.high != INT64_MAX && !value_fold(back, span.high, by, &span.high)))
                        return true;
                span.nonzero = false;
                value = v.a;
        }
}

static bool depth_known(struct walk *walk, struct state *state, int condition, int counter, int address)
{
        const struct value *v = &walk->values.list.at[condition];
        int compared = v->kind == VALUE_ARITH && v->op >= ARITH_EQ ? v->a : condition;
        return count_known(walk, state, counter) &&
               count_known(walk, state, state_read(state, &walk->values, address)) &&
               count_known(walk, state, compared);
}

/* Who asks whether a number is negative counts nothing that never is. */
static bool asks_sign(const struct walk *walk, int condition)
{
        const struct value *v = &walk->values.list.at[condition];
        const struct value *than =
            v->kind == VALUE_ARITH && v->op >= ARITH_EQ ? &walk->values.list.at[v->b] : NULL;
        bool strict = than && (v->op == ARITH_LT || v->op == ARITH_GE);
        return than && than->kind == VALUE_CONST && than->number < strict;
}

bool depth_branch(struct walk *walk, struct state *state, int block, int condition, int side)
{
        int address, counter = shared_operand(walk, condition, &address);
        sym key = counter < 0 ? NULL : value_cell(&walk->values, walk->program->names, address);
        if (!key || !keys_has(&walk->function->lock_counts, key) || asks_sign(walk, condition))
                return state_branch(state, &walk->values, condition, side == 0);
        if (!depth_known(walk, state, condition, counter, address) ||
            !state_branch(state, &walk->values, condition, side == 0) ||
            !depth_known(walk, state, condition, counter, address))
                return false;
        int other = walk->func->blocks.at[block].next.at[!side];
        return span_overlap(state_span(state, &walk->values, counter), SPAN_ZERO) ||
               !turns_lock(walk, other, state->gil);
}
