/*
 * call_kept.c: what a callee surely leaves in memory that it may write, where the
 * lock is followed: tokens, and the fields by which it decides about the lock.
 */
#include "flow/call.h"

static void keep_content(const struct visit *visit, int address, struct kept *kept)
{
        struct walk *walk = visit->walk;
        if (address < 0)
                return;
        int content = state_read(visit->state, &walk->values, address);
        VEC_PUSH(walk->arena, &kept->list, (struct held){address, content});
        VEC_PUSH(walk->arena, &kept->facts,
                 (struct fact){content, state_span(visit->state, &walk->values, content),
                               state_saved(visit->state, content)});
}

/* Every effect on the spot AT needs what is not so here. */
static bool is_left(const struct visit *visit, const struct contract *contract, const struct spot *at)
{
        for (int e = 0; e < contract->effects.n; e++) {
                const struct effect *effect = &contract->effects.at[e];
                if (effect->kind != EFFECT_READS && spot_equal(&effect->at, at) &&
                    tests_possible(visit, effect->when, effect->nwhen))
                        return false;
        }
        return true;
}

void call_find_kept(const struct visit *visit, const struct contract *contract, struct kept *kept)
{
        for (int i = 0; visit->walk->property == FOLLOW_LOCK && i < contract->gil.n; i++) {
                const struct gil_case *c = &contract->gil.at[i];
                int address = c->has_saves ? spot_address(visit, &c->saves) : -1;
                int token = address < 0 ? -1 : state_peek(visit->state, address);
                const struct value *v = token < 0 ? NULL : &visit->walk->values.list.at[token];
                bool null = c->token_null && v && v->kind == VALUE_OUT && v->a == visit->number &&
                            span_is_zero(state_span(visit->state, &visit->walk->values, token));
                if (null || (token >= 0 && state_saved(visit->state, token)))
                        keep_content(visit, address, kept);
        }
        const struct function *to = visit->walk->property != FOLLOW_LOCK ? NULL
                                    : visit->call->to.n == 1             ? visit->call->to.at[0]
                                                                         : visit->only;
        for (int e = 0; to && to->parts_lock && e < contract->effects.n; e++) {
                const struct effect *effect = &contract->effects.at[e];
                if (effect->kind == EFFECT_FILLS && effect->at.nsteps &&
                    is_left(visit, contract, &effect->at))
                        keep_content(visit, spot_address(visit, &effect->at), kept);
        }
}

void call_put_kept(const struct visit *visit, const struct kept *kept)
{
        struct values *values = &visit->walk->values;
        for (int i = 0; i < kept->list.n; i++) {
                const struct fact *fact = &kept->facts.at[i];
                state_write(visit->state, values, kept->list.at[i].address, fact->value);
                if (values->list.at[fact->value].kind != VALUE_CONST)
                        state_set(visit->state, fact->value, fact->span, fact->saved);
        }
}
