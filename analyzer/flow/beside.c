/*
 * beside.c: what a call leaves elsewhere on the paths on which it gives the
 * block followed, and on those on which it does not: a count, an error flag.
 * Comes in: a visit of a call whose contract tells its exits apart by that;
 * goes out: facts of the states behind it. Changes no other block.
 */
#include "flow/call.h"

bool beside_replaces(const struct visit *visit, const struct effect *effect)
{
        const struct walk *walk = visit->walk;
        return (effect->kind == EFFECT_GIVES || effect->kind == EFFECT_BORROWS) && effect->at.nsteps &&
               walk->property == FOLLOW_BLOCK && walk->subject.is_fixed &&
               spot_value(visit, &effect->at) == walk->subject.value;
}

static bool is_asked(const struct visit *visit, const struct effect *effect)
{
        const struct walk *walk = visit->walk;
        bool gives = effect->kind == EFFECT_GIVES || effect->kind == EFFECT_BORROWS;
        return beside_replaces(visit, effect) ||
               (gives && walk->property == FOLLOW_BLOCK && !effect->maybe &&
                walk->subject.event == visit->number && walk->subject.family == effect->family &&
                spot_equal(&walk->subject.at, &effect->at));
}

bool beside_tells(const struct visit *visit, const struct effect *effect)
{
        return effect->nwithout && is_asked(visit, effect);
}

bool beside_unset(const struct visit *visit, const struct contract *contract, const struct effect *effect,
                  int address)
{
        if (address < 0 || effect->nwhen || !value_is_local(&visit->walk->values, address) ||
            state_peek(visit->state, address) >= 0)
                return false;
        for (int e = 0; e < contract->effects.n; e++) {
                const struct effect *other = &contract->effects.at[e];
                if (other->kind == EFFECT_GIVES && !other->maybe && other->family == effect->family &&
                    spot_equal(&other->at, &effect->at) && !span_overlap(other->result, effect->result))
                        return true;
        }
        return false;
}

void beside_read(struct visit *visit, const struct contract *contract)
{
        visit->before = NULL;
        for (int e = 0; e < contract->effects.n; e++) {
                const struct effect *effect = &contract->effects.at[e];
                int n = effect->nwith + effect->nwithout;
                if (!n || !is_asked(visit, effect))
                        continue;
                if (!visit->before)
                        visit->before = NEW_ARRAY(visit->walk->arena, int *, contract->effects.n);
                visit->before[e] = NEW_ARRAY(visit->walk->arena, int, n);
                for (int i = 0; i < n; i++) {
                        const struct beside *beside =
                            i < effect->nwith ? &effect->with[i] : &effect->without[i - effect->nwith];
                        visit->before[e][i] = beside->same ? spot_value(visit, &beside->at) : -1;
                }
        }
}

void beside_refuse(struct visit *visit, const struct contract *contract, const struct effect *effect)
{
        struct walk *walk = visit->walk;
        struct state *state = visit->state;
        state->asked = effect;
        state->given = false;
        if (!effect->fails || effect->at.root != SPOT_RESULT ||
            !state_assume(state, &walk->values, visit->result, SPAN_ZERO))
                return;
        /* Null is what the block followed is here, until somebody looks. */
        give_block(visit, contract, effect);
        state->untested = true;
        state->asked = effect;
        state->given = false;
}

bool beside_leave(struct visit *visit, const struct contract *contract)
{
        struct values *values = &visit->walk->values;
        struct state *state = visit->state;
        const struct effect *effect = state->asked;
        state->asked = NULL;
        if (!effect || !visit->before)
                return true;
        const int *before = visit->before[effect - contract->effects.at];
        int n = state->given ? effect->nwith : effect->nwithout;
        for (int i = 0; before && i < n; i++) {
                const struct beside *beside = state->given ? &effect->with[i] : &effect->without[i];
                int old = before[state->given ? i : effect->nwith + i];
                int address = spot_address(visit, &beside->at);
                if (address >= 0 && beside->same && old >= 0)
                        state_write(state, values, address, old);
                else if (address >= 0 && !beside->same &&
                         !state_assume(state, values, state_read(state, values, address), beside->value))
                        return false;
        }
        return true;
}
