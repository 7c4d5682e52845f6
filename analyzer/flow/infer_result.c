/*
 * infer_result.c: what a body returns, as far as callers can make use of it: the
 * numbers that results may be, and the argument that it is or lies in. Comes in:
 * the returned values of a walk that follows nothing; goes out: effects of the
 * contract.
 */
#include "flow/infer.h"

#include <string.h>

bool is_pointer_type(sym type)
{
        return type && (strchr(type, '*') || strstr(type, "intptr_t"));
}

bool is_pointer_param(const struct func *func, const struct spot *spot)
{
        return spot->root >= 0 && spot->root < func->nparams && !spot->nsteps &&
               is_pointer_type(func->vars.at[spot->root].type);
}

/* The pointer parameter that VALUE starts from on each of the paths that meet in it: p + 1, or p behind p++.
 */
static bool starts_from(const struct walk *walk, int value, struct spot *from)
{
        struct meeting meeting = {0};
        int base = -1;
        value_meeting(&walk->values, walk->arena, value, &meeting);
        for (int i = 0; i < meeting.values.n; i++) {
                const struct value *v = &walk->values.list.at[meeting.values.at[i]];
                int here = value_base(&walk->values, meeting.values.at[i]);
                const struct value *start = &walk->values.list.at[here];
                if (v->kind == VALUE_PHI || v->kind == VALUE_OLD || start->kind == VALUE_PHI ||
                    start->kind == VALUE_OLD)
                        continue;
                if (base >= 0 && base != here)
                        return false;
                base = here;
        }
        return base >= 0 && spot_of(walk, base, from) && is_pointer_param(walk->func, from);
}

void infer_result(struct program *program, struct contract *contract, struct outcomes *results,
                  const struct walk *walk)
{
        struct span hull = SPAN_ALL;
        for (int i = 0; i < results->list.n; i++) {
                struct outcome *outcome = &results->list.at[i];
                hull = i ? span_hull(hull, outcome->result) : outcome->result;
                int value = outcome->kind;
                outcome->kind = value >= 0 && spot_of(walk, value, &outcome->from);
                outcome->part = value >= 0 && !outcome->kind && starts_from(walk, value, &outcome->from);
                outcome->kind |= outcome->part;
                if (outcome->part && walk->values.list.at[value].kind == VALUE_ARITH) /* p + n is not null */
                        span_meet(&outcome->result, SPAN_NONZERO);
        }
        for (int i = 0; i < results->list.n; i++) {
                const struct outcome *outcome = &results->list.at[i];
                if (!outcome->kind || outcome_repeats(results, i))
                        continue;
                struct condition condition = outcome_condition(program->arena, results, outcome);
                contract_add(program, contract,
                             (struct effect){.kind = EFFECT_COPIES,
                                             .at = {.root = SPOT_RESULT},
                                             .from = outcome->from,
                                             .result = condition.result,
                                             .when = condition.when,
                                             .nwhen = condition.nwhen,
                                             .inside = outcome->part,
                                             .maybe = condition.maybe});
        }
        if (span_equal(hull, SPAN_ALL) || !results->list.n)
                return;
        contract->result_never_null = span_not_zero(hull);
        contract_add(
            program, contract,
            (struct effect){
                .kind = EFFECT_FILLS, .at = {.root = SPOT_RESULT}, .result = SPAN_ALL, .value = hull});
}

bool outcomes_differ(const struct outcomes *results)
{
        for (int i = 1; i < results->list.n; i++)
                if (!span_overlap(results->list.at[0].result, results->list.at[i].result))
                        return true;
        return false;
}
