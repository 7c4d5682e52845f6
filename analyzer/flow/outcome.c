/*
 * outcome.c: see outcome.h. A group's condition is the hull of its exits: the
 * results they return and what they know of values that existed at entry. It
 * holds too often rather than too rarely; `maybe` says when it does.
 */
#include "flow/outcome.h"

#include <string.h>

enum { FACTS_PER_EXIT = 8, STEPS_IN_TEST = 3 };

struct outcome *outcome_add(struct outcomes *out, struct walk *walk, const struct state *state, int value)
{
        struct outcome outcome = {.result = value < 0 ? SPAN_ALL : state_span(state, &walk->values, value)};
        for (int i = 0; i < state->facts.n && outcome.facts.n < FACTS_PER_EXIT; i++) {
                struct test test = {.span = state->facts.at[i].span};
                if (!span_equal(test.span, SPAN_ALL) && spot_of(walk, state->facts.at[i].value, &test.of) &&
                    test.of.nsteps <= STEPS_IN_TEST)
                        VEC_PUSH(walk->arena, &outcome.facts, test);
        }
        VEC_PUSH(walk->arena, &out->list, outcome);
        return &out->list.at[out->list.n - 1];
}

bool outcome_same(const struct outcome *a, const struct outcome *b)
{
        return a->kind == b->kind && a->part == b->part && a->family == b->family && a->leaves == b->leaves &&
               spot_equal(&a->at, &b->at) && spot_equal(&a->from, &b->from);
}

int outcome_first(const struct outcomes *all, int i)
{
        int first = 0;
        while (!outcome_same(&all->list.at[first], &all->list.at[i]))
                first++;
        return first;
}

bool outcome_repeats(const struct outcomes *all, int i)
{
        return outcome_first(all, i) < i;
}

struct span outcome_fact(const struct outcome *outcome, const struct spot *spot)
{
        for (int i = 0; i < outcome->facts.n; i++)
                if (spot_equal(&outcome->facts.at[i].of, spot))
                        return outcome->facts.at[i].span;
        return SPAN_ALL;
}

bool outcome_excluded(const struct condition *condition, const struct outcome *other)
{
        if (!span_overlap(condition->result, other->result))
                return true;
        for (int i = 0; i < condition->nwhen; i++)
                if (!span_overlap(condition->when[i].span, outcome_fact(other, &condition->when[i].of)))
                        return true;
        return false;
}

/* A test is worth its fork when it excludes an exit of another group that the result does not exclude. */
static bool tells_apart(const struct outcomes *all, const struct outcome *pick,
                        const struct condition *so_far, const struct test *test)
{
        for (int i = 0; i < all->list.n; i++) {
                const struct outcome *other = &all->list.at[i];
                if (!outcome_same(other, pick) && span_overlap(so_far->result, other->result) &&
                    !span_overlap(test->span, outcome_fact(other, &test->of)))
                        return true;
        }
        return false;
}

static bool alone(const struct outcomes *all, const struct outcome *pick)
{
        for (int i = 0; i < all->list.n; i++)
                if (!outcome_same(&all->list.at[i], pick))
                        return false;
        return true;
}

struct condition outcome_condition(struct arena *arena, const struct outcomes *all,
                                   const struct outcome *pick)
{
        struct condition condition = {.result = pick->result, .why = pick->why};
        condition.when = NEW_ARRAY(arena, struct test, pick->facts.n + 1);
        if (alone(all, pick))
                condition.result = SPAN_ALL;
        for (int i = 0; i < all->list.n; i++)
                if (outcome_same(&all->list.at[i], pick))
                        condition.result = span_hull(condition.result, all->list.at[i].result);
        for (int f = 0; f < pick->facts.n; f++) {
                struct test test = pick->facts.at[f];
                for (int i = 0; i < all->list.n; i++)
                        if (outcome_same(&all->list.at[i], pick))
                                test.span = span_hull(test.span, outcome_fact(&all->list.at[i], &test.of));
                if (tells_apart(all, pick, &condition, &test))
                        condition.when[condition.nwhen++] = test;
        }
        for (int i = 0; i < all->list.n; i++)
                condition.maybe |=
                    !outcome_same(&all->list.at[i], pick) && !outcome_excluded(&condition, &all->list.at[i]);
        return condition;
}
