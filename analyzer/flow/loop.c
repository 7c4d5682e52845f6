/*
 * loop.c: conditions that hang on more than this function. Comes in: the
 * condition of a branch; goes out: whether what decides that a loop ends may
 * have been changed by other threads meanwhile, and whether a counter of how
 * often the lock was taken contradicts the lock's state. For the lock alone.
 */
#include "flow/loop.h"

#include "flow/jump.h"

/* The value in memory outside of this function that a condition compares with numbers, or -1; and where it
 * lies. */
static int shared_operand(const struct walk *walk, int condition, int *address)
{
        const struct value *v = &walk->values.list.at[condition];
        while (v->kind == VALUE_ARITH && walk->values.list.at[v->b].kind == VALUE_CONST) {
                condition = v->a;
                v = &walk->values.list.at[condition];
        }
        if (v->kind != VALUE_CONTENT && v->kind != VALUE_OUT && v->kind != VALUE_PHI)
                return -1;
        *address = v->kind == VALUE_CONTENT ? v->a : v->b;
        return *address < 0 || value_is_local(&walk->values, *address) ? -1 : condition;
}

static bool is_decided(struct span span)
{
        return span_is_zero(span) || span_not_zero(span);
}

/* Some way into the block knows less of what lies at ADDRESS than SPAN. */
static bool was_open(struct walk *walk, int block, int address, struct span span)
{
        const struct node *node = &walk->nodes[block];
        for (int i = 0; i < node->states.n; i++) {
                const struct state *state = node->states.at[i];
                int content = state_peek(state, address);
                if (content < 0)
                        content = state_first(state, &walk->values, address);
                struct span before = state_span(state, &walk->values, content);
                if (!span_equal(before, span) && span_equal(span_hull(before, span), before))
                        return true;
        }
        return false;
}

/*
 * The condition of a loop reads memory that nothing in the loop writes: once
 * in, it would never end. Somebody else ends it: what was known of that memory
 * when the loop was entered is not known when it comes round.
 */
bool loop_doubted(struct walk *walk, struct visit *visit, int condition)
{
        const struct block *block = &walk->func->blocks.at[visit->block];
        int part = walk_part(walk, visit->block), address;
        bool leaves =
            walk_part(walk, block->next.at[0]) != part || walk_part(walk, block->next.at[1]) != part;
        if (walk->property != FOLLOW_LOCK || !leaves || walk->jumps || !walk->live->order->cyclic[part] ||
            !is_decided(state_span(visit->state, &walk->values, condition)))
                return false;
        int shared = shared_operand(walk, condition, &address);
        if (shared < 0 ||
            !was_open(walk, visit->block, address, state_span(visit->state, &walk->values, shared)))
                return false;
        int anew =
            value_of(&walk->values, (struct value){.kind = VALUE_OUT, .a = visit->number, .b = address});
        state_renew(visit->state, &walk->values, anew);
        state_write(visit->state, &walk->values, address, anew);
        return true;
}

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
