/*
 * effects.c: contract_add, see infer.h. Effects that differ in their tests or
 * spans alone become one, which holds where each of them does.
 */
#include "flow/infer.h"

static const struct test *test_of(const struct effect *effect, const struct spot *spot)
{
        for (int i = 0; i < effect->nwhen; i++)
                if (spot_equal(&effect->when[i].of, spot))
                        return &effect->when[i];
        return NULL;
}

/* Nothing lies between two spans that is in neither. */
static bool span_touch(struct span a, struct span b)
{
        struct span rest;
        return span_overlap(a, b) || (span_rest(a, &rest) && span_equal(rest, b)) ||
               (span_rest(b, &rest) && span_equal(rest, a));
}

static bool is_whole(const struct effect *effect)
{
        return !effect->maybe && !effect->nwhen && span_equal(effect->result, SPAN_ALL);
}

/* The hull of both conditions is no more than the two of them: they differ in one thing, and complete each
 * other there. */
static bool is_exact(const struct effect *a, const struct effect *b)
{
        int differ = !span_equal(a->result, b->result);
        if (a->nwhen != b->nwhen || (differ && !span_touch(a->result, b->result)))
                return false;
        for (int i = 0; i < a->nwhen; i++) {
                const struct test *other = test_of(b, &a->when[i].of);
                if (!other || (!span_equal(a->when[i].span, other->span) &&
                               (differ++ || !span_touch(a->when[i].span, other->span))))
                        return false;
        }
        return differ <= 1;
}

/* Two ways of giving: what both leave beside it. What is left where neither does is not known. */
static void widen_beside(struct effect *effect, const struct effect *other)
{
        int kept = 0;
        for (int i = 0; i < effect->nwith; i++) {
                struct beside *mine = &effect->with[i];
                for (int j = 0; j < other->nwith; j++) {
                        const struct beside *theirs = &other->with[j];
                        if (!spot_equal(&mine->at, &theirs->at) || mine->same != theirs->same)
                                continue;
                        mine->value = span_hull(mine->value, theirs->value);
                        effect->with[kept++] = *mine;
                        break;
                }
        }
        effect->nwith = kept;
        effect->nwithout = 0;
}

/* The same effect under two conditions: it holds under what both ask for, and perhaps only where that is more
 * than either. */
static void widen(struct effect *effect, const struct effect *other)
{
        int kept = 0;
        bool maybe = !is_whole(effect) && !is_whole(other) &&
                     (!is_exact(effect, other) || (effect->maybe && other->maybe) ||
                      ((effect->maybe || other->maybe) && effect->nwhen));
        for (int i = 0; i < effect->nwhen; i++) {
                struct test test = effect->when[i];
                const struct test *also = test_of(other, &test.of);
                if (!also)
                        continue;
                test.span = span_hull(test.span, also->span);
                if (!span_equal(test.span, SPAN_ALL))
                        effect->when[kept++] = test;
        }
        effect->nwhen = kept;
        effect->result = span_hull(effect->result, other->result);
        effect->maybe = maybe;
        effect->filled &= other->filled;
        effect->shown |= other->shown;
        widen_beside(effect, other);
}

static bool same_tests(const struct effect *a, const struct effect *b)
{
        for (int i = 0; i < a->nwhen; i++) {
                const struct test *other = test_of(b, &a->when[i].of);
                if (!other || !span_equal(a->when[i].span, other->span))
                        return false;
        }
        return a->nwhen == b->nwhen;
}

/* Both say the same, under what conditions ever; each condition of a read is one that a caller may fail. */
static bool same_effect(const struct effect *a, const struct effect *b)
{
        if (a->kind != b->kind || !spot_equal(&a->at, &b->at) || !spot_equal(&a->from, &b->from) ||
            a->plus != b->plus || a->family != b->family || a->inside != b->inside)
                return false;
        if (a->kind == EFFECT_GIVES && b->at.root >= 0)
                return a->nullable == b->nullable && a->maybe == b->maybe;
        if (a->kind == EFFECT_READS)
                return same_tests(a, b);
        if (a->kind == EFFECT_FILLS)
                return span_equal(a->value, b->value);
        return a->kind != EFFECT_KEEPS || a->link == b->link;
}

void contract_add(struct program *program, struct contract *contract, struct effect effect)
{
        for (int i = 0; i < contract->effects.n; i++) {
                struct effect *other = &contract->effects.at[i];
                if (!same_effect(other, &effect))
                        continue;
                if (effect.kind == EFFECT_GIVES || effect.kind == EFFECT_TAKES || effect.kind == EFFECT_KEEPS)
                        widen(other, &effect);
                return;
        }
        VEC_PUSH(program->arena, &contract->effects, effect);
}
