/*
 * call_leaves.c: what a call leaves behind that is no block of its own: values
 * that it copies from one spot to another, numbers, and what may or may not
 * have been written. Changes no block's status.
 */
#include "flow/call.h"

/* A result that is an address somewhere inside what POINTER points at. */
static int address_inside(struct visit *visit, const struct effect *effect, int pointer)
{
        struct walk *walk = visit->walk;
        if (walk->property == FOLLOW_BLOCK && walk->subject.event == visit->number)
                return visit->result; /* that is what the walk follows, then */
        int address = value_arith(&walk->values, ARITH_ADD, pointer, visit->result);
        struct origin *origin = map_get(&walk->origins, (uint64_t)visit->result + 1);
        if (origin)
                *map_at(&walk->origins, (uint64_t)address + 1) = origin;
        struct span span = state_span(visit->state, &walk->values, visit->result);
        if (span_meet(&span, effect->result))
                state_assume(visit->state, &walk->values, address, span);
        return address;
}

/* Moves a value to a spot: a returned argument, a parameter stored in a field. */
void call_copies(struct visit *visit, const struct effect *effect)
{
        struct walk *walk = visit->walk;
        int value = visit->sources[effect - visit->contract->effects.at],
            address = spot_address(visit, &effect->at);
        int from = effect->from.nsteps ? spot_address(visit, &effect->from) : -1;
        if (value < 0)
                return;
        if (address >= 0) {
                walk_store(walk, visit, address, value);
                if (from >= 0)
                        state_move(visit->state, &walk->values, address, from);
                state_write(visit->state, &walk->values, address, value);
        } else if (effect->at.root == SPOT_RESULT && !effect->at.nsteps) {
                bool exact, certain = !effect->maybe && span_is_plain(effect->result) && !effect->nwhen;
                if (certain || (!effect->maybe && is_subject(visit, value, &exact)))
                        visit->state->result = effect->inside ? address_inside(visit, effect, value) : value;
                else if (!effect->inside && is_subject(visit, value, &exact))
                        state_keep(visit->state, 0); /* the result may be another name for it */
        }
}

void call_writes_perhaps(struct visit *visit, int address, int fresh)
{
        struct walk *walk = visit->walk;
        struct state *state = visit->state;
        int old = state_read(state, &walk->values, address);
        int either = value_of(
            &walk->values,
            (struct value){.kind = VALUE_PHI, .a = walk->func->blocks.n + visit->number, .b = address});
        struct span hull =
            span_hull(state_span(state, &walk->values, old), state_span(state, &walk->values, fresh));
        gil_set saved = state_saved(state, old) | state_saved(state, fresh);
        if (old != either)
                state_renew(state, &walk->values, either);
        value_meet(&walk->values, either, old);
        value_meet(&walk->values, either, fresh);
        state_set(state, either, hull, saved);
        state_write(state, &walk->values, address, either);
        state->doubtful |= walk->subject.value >= 0 && value_within(&walk->values, old, walk->subject.value);
}

/* What is left at the effect's spot under a condition of which this path does not know whether it holds. */
void call_leaves_perhaps(struct visit *visit, const struct effect *effect)
{
        struct walk *walk = visit->walk;
        int address = spot_address(visit, &effect->at), value;
        if (address < 0)
                return;
        if (effect->kind == EFFECT_COPIES) {
                value = visit->sources[effect - visit->contract->effects.at];
                if (value >= 0 && walk->observer && walk->observer->store)
                        walk->observer->store(walk->observer->data, visit, address,
                                              state_peek(visit->state, address), value);
        } else {
                value = value_of(&walk->values,
                                 (struct value){.kind = VALUE_OUT, .a = visit->number, .b = address});
                state_renew(visit->state, &walk->values, value);
                state_set(visit->state, value, effect->value, 0);
        }
        if (value >= 0)
                call_writes_perhaps(visit, address, value);
}

void call_fills(struct visit *visit, const struct effect *effect)
{
        struct walk *walk = visit->walk;
        int address, value = given_value(visit, effect, &address);
        if (value < 0)
                return;
        if (address < 0) {
                state_assume(visit->state, &walk->values, value, effect->value);
                return;
        }
        if (state_peek(visit->state, address) == value && state_saved(visit->state, value))
                return; /* this very call left a token there */
        state_renew(visit->state, &walk->values, value);
        state_set(visit->state, value, effect->value, 0);
        state_write(visit->state, &walk->values, address, value);
}
