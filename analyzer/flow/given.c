/*
 * given.c: functions that a callee is given and calls before it returns. Comes
 * in: a function whose calls are resolved, callees first; goes out: contracts
 * of its calls with what the functions given do, told in terms of the call.
 */
#include "flow/infer.h"

/* A spot of the function given, as the outer call names it. False: it speaks of nothing that it can name. */
static bool spot_move(const struct effect *calls, struct spot *spot)
{
        if (spot->root == SPOT_GLOBAL)
                return true;
        if (spot->root < 0 || spot->root >= calls->npassed || calls->passed[spot->root].arg < 0)
                return false;
        spot->root = calls->passed[spot->root].arg;
        return true;
}

/* What is known of the argument that a test speaks of; false where it stands for no argument as it is. */
static bool span_given(const struct effect *calls, const struct spot *spot, struct span *span)
{
        if (spot->nsteps || spot->root < 0 || spot->root >= calls->npassed ||
            calls->passed[spot->root].arg >= 0)
                return false;
        *span = calls->passed[spot->root].span;
        return true;
}

/* Tests that are known to hold fall away. False: one cannot hold. */
static bool tests_move(struct arena *arena, const struct effect *calls, struct effect *effect)
{
        struct test *when = NEW_ARRAY(arena, struct test, effect->nwhen + 1);
        int kept = 0;
        for (int i = 0; i < effect->nwhen; i++) {
                struct test test = effect->when[i];
                struct span given, rest;
                if (span_given(calls, &test.of, &given)) {
                        if (!span_overlap(given, test.span))
                                return false;
                        bool certain = span_rest(test.span, &rest) && !span_overlap(given, rest);
                        effect->maybe |= !certain && !span_equal(test.span, SPAN_ALL);
                } else if (spot_move(calls, &test.of)) {
                        when[kept++] = test;
                } else {
                        effect->maybe = true;
                }
        }
        effect->when = when;
        effect->nwhen = kept;
        return true;
}

static void add_given(struct program *program, struct contract *contract, const struct given *given)
{
        const struct contract *inner = given->contract;
        for (int i = 0; i < inner->effects.n; i++) {
                struct effect effect = inner->effects.at[i];
                if (effect.kind == EFFECT_CALLS || !span_overlap(effect.result, given->calls->result) ||
                    !spot_move(given->calls, &effect.at) ||
                    (effect.kind == EFFECT_COPIES && !spot_move(given->calls, &effect.from)) ||
                    !tests_move(program->arena, given->calls, &effect))
                        continue;
                effect.result = given->calls->result;
                VEC_PUSH(program->arena, &contract->effects, effect);
        }
}

void calls_complete(struct program *program, struct function *function)
{
        for (int c = 0; c < function->calls.n; c++) {
                struct call *call = &function->calls.at[c];
                if (!call->given.n)
                        continue;
                struct contract *contract = NEW(program->arena, struct contract);
                *contract = *call->described;
                contract->effects.at = NULL;
                contract->effects.n = contract->effects.room = 0;
                for (int i = 0; i < call->described->effects.n; i++)
                        VEC_PUSH(program->arena, &contract->effects, call->described->effects.at[i]);
                for (int i = 0; i < call->given.n; i++)
                        add_given(program, contract, &call->given.at[i]);
                call->contract = contract;
        }
}
