/*
 * loop.c: loops that somebody else ends. Comes in: the condition of a branch;
 * goes out: whether what decides that a loop ends may have been changed by other
 * threads meanwhile. For the lock alone.
 */
#include "flow/loop.h"

#include "flow/jump.h"

int shared_operand(const struct walk *walk, int condition, int *address)
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
