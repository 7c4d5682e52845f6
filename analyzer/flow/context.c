/*
 * context.c: what is known where a function is entered: facts on its arguments
 * and on the fields of the records they point at. Comes in: a call of a walk;
 * goes out: facts of a context. In a few variants only: what is more is
 * widened, so that recursion ends; the state of the lock is never dropped.
 */
#include "flow/context.h"

enum { VARIANTS = 4, FACTS = 24, APART = 8 };

static bool is_apart(const struct context *context, const struct apart *apart)
{
        for (int i = 0; i < context->napart; i++)
                if (context->apart[i].param == apart->param && context->apart[i].number == apart->number)
                        return true;
        for (int i = 0; i < context->nfacts; i++) {
                const struct test *fact = &context->facts[i];
                const struct span number = {apart->number, apart->number, false};
                if (fact->of.root == apart->param && !fact->of.nsteps && !span_overlap(fact->span, number))
                        return true;
        }
        return false;
}

bool context_covers(const struct context *old, const struct context *fresh, int nparams)
{
        if (old->gil != fresh->gil || (old->unsure && !fresh->unsure) || (old->foreign && !fresh->foreign))
                return false;
        for (int i = 0; i < old->nfacts; i++) {
                struct span theirs = SPAN_ALL;
                for (int j = 0; j < fresh->nfacts; j++)
                        if (spot_equal(&old->facts[i].of, &fresh->facts[j].of))
                                theirs = fresh->facts[j].span;
                if (!span_equal(span_hull(old->facts[i].span, theirs), old->facts[i].span))
                        return false;
        }
        for (int i = 0; i < old->napart; i++)
                if (!is_apart(fresh, &old->apart[i]))
                        return false;
        for (int i = 0; old->given && i < nparams; i++)
                if (old->given[i] && (!fresh->given || old->given[i] != fresh->given[i]))
                        return false;
        return true;
}

static int variants(const struct function *function, gil_set gil)
{
        int n = 0;
        for (int i = 0; i < function->contexts.n; i++)
                n += function->contexts.at[i]->gil == gil;
        return n;
}

/* What FACTS say of SPOT. */
static struct span said_of(const struct test *facts, int n, const struct spot *spot)
{
        for (int i = 0; i < n; i++)
                if (spot_equal(&facts[i].of, spot))
                        return facts[i].span;
        return SPAN_ALL;
}

/* A span that takes in both; what grows, grows without end. */
static struct span widened(struct span old, struct span more)
{
        struct span hull = span_hull(old, more);
        if (hull.low < old.low)
                hull.low = hull.low > 0 ? 1 : hull.low == 0 ? 0 : INT64_MIN;
        if (hull.high > old.high)
                hull.high = hull.high < 0 ? -1 : hull.high == 0 ? 0 : INT64_MAX;
        hull.nonzero |= hull.low > 0 || hull.high < 0;
        return hull;
}

void context_bound(struct arena *arena, const struct function *function, struct context *context)
{
        if (variants(function, context->gil) < VARIANTS)
                return;
        struct test *facts = NEW_ARRAY(arena, struct test, context->nfacts + 1);
        int n = 0;
        for (int i = 0; i < context->nfacts; i++) {
                struct test fact = context->facts[i];
                for (int c = 0; c < function->contexts.n; c++) {
                        const struct context *old = function->contexts.at[c];
                        if (old->gil == context->gil)
                                fact.span = widened(said_of(old->facts, old->nfacts, &fact.of), fact.span);
                }
                if (!span_equal(fact.span, SPAN_ALL))
                        facts[n++] = fact;
        }
        if (variants(function, context->gil) >= 2 * VARIANTS)
                n = 0;
        context->facts = facts;
        context->nfacts = n;
        context->napart = 0;
        context->given = NULL;
}

/* The functions among the arguments, as far as the callee knows them by the same names. */
static void functions_given(const struct visit *visit, const struct function *to, struct context *context)
{
        const struct walk *walk = visit->walk;
        for (int i = 0; i < visit->event->nargs && i < to->func->nparams; i++) {
                const struct value *v = &walk->values.list.at[visit->args[i]];
                if (v->kind != VALUE_FUNC || program_resolve(walk->program, walk->function->unit, v->name) !=
                                                 program_resolve(walk->program, to->unit, v->name))
                        continue;
                if (!context->given)
                        context->given = NEW_ARRAY(walk->program->arena, sym, to->func->nparams);
                context->given[i] = v->name;
        }
}

/* What is known of the content of ADDRESS, which lies behind argument I: all of it, or its field KEY. */
static void fact_behind(const struct visit *visit, int i, sym key, int address, struct context *context)
{
        struct spot behind = {.root = i, .nsteps = 1, .steps = {name_of(visit->walk->program->names, "*")}};
        int content = state_peek(visit->state, address);
        if (content < 0)
                return;
        if (key)
                behind.steps[behind.nsteps++] = key;
        struct span span = state_span(visit->state, &visit->walk->values, content);
        if (!span_equal(span, SPAN_ALL) && context->nfacts < FACTS)
                context->facts[context->nfacts++] = (struct test){behind, span};
}

/* FUNC speaks of p->KEY for its parameter I. */
static bool speaks_of(const struct func *func, int i, sym key)
{
        for (int p = 0; p < func->places.n; p++) {
                const struct place *field = &func->places.at[p];
                if (field->kind != PLACE_FIELD || field->name != key)
                        continue;
                const struct place *record = &func->places.at[field->base];
                if (record->kind == PLACE_DEREF && record->base == func->vars.at[i].place)
                        return true;
        }
        return false;
}

/* The numbers that argument I was found not to be. */
static void apart_of(const struct visit *visit, int i, struct context *context)
{
        const struct values *values = &visit->walk->values;
        for (int f = 0; f < visit->state->facts.n && context->napart < APART; f++) {
                const struct fact *fact = &visit->state->facts.at[f];
                const struct value *v = &values->list.at[fact->value];
                bool differs = v->kind == VALUE_ARITH && v->op == ARITH_NE && span_not_zero(fact->span);
                if (differs && v->a == visit->args[i] && values->list.at[v->b].kind == VALUE_CONST)
                        context->apart[context->napart++] = (struct apart){i, values->list.at[v->b].number};
        }
}

void context_facts(const struct visit *visit, const struct function *to, struct context *context)
{
        struct values *values = &visit->walk->values;
        functions_given(visit, to, context);
        context->facts = NEW_ARRAY(visit->walk->program->arena, struct test, FACTS);
        context->apart = NEW_ARRAY(visit->walk->program->arena, struct apart, APART);
        for (int i = 0; i < visit->event->nargs && i < to->func->nparams && context->nfacts < FACTS; i++) {
                int arg = visit->args[i];
                struct span span = state_span(visit->state, values, arg);
                int64_t number = span.low;
                if (span.low == span.high)
                        span = number_held(to->func->vars.at[i].type, &number)
                                   ? (struct span){number, number, number != 0}
                                   : SPAN_ALL;
                if (!span_equal(span, SPAN_ALL))
                        context->facts[context->nfacts++] = (struct test){{.root = i}, span};
                apart_of(visit, i, context);
                fact_behind(visit, i, NULL, arg, context);
                for (int h = 0; h < visit->state->store.n; h++) {
                        int address = visit->state->store.at[h].address;
                        const struct value *field = &values->list.at[address];
                        if (field->kind == VALUE_FIELD && field->a == arg &&
                            (keys_has(&to->lock_keys, field->name) || speaks_of(to->func, i, field->name)))
                                fact_behind(visit, i, field->name, address, context);
                }
        }
}
