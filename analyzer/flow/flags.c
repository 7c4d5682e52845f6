/*
 * flags.c: see flags.h. Comes in: stores of blocks and of flags; goes out:
 * for each store of a block, the flags that go with it.
 */
#include "flow/flags.h"

#include <string.h>

/* OTHER is a field of the record that ADDRESS is a field of, or of one around it. */
static bool is_beside(const struct values *values, int address, int other)
{
        const struct value *v = &values->list.at[address], *o = &values->list.at[other];
        bool same = address == other || o->kind != VALUE_FIELD;
        for (; !same && v->kind == VALUE_FIELD; v = &values->list.at[v->a])
                if (o->a == v->a)
                        return true;
        return false;
}

static const struct flag *collect(const struct visit *visit, int address, int changed, int content)
{
        struct walk *walk = visit->walk;
        struct arena *arena = walk->program->arena;
        VEC(struct flag) list = {0};
        for (int i = -1; i < visit->state->store.n; i++) {
                const struct held *held = i < 0 ? NULL : &visit->state->store.at[i];
                int other = held ? held->address : changed;
                if (other < 0 || (held && other == changed) || !is_beside(&walk->values, address, other))
                        continue;
                struct span span = state_span(visit->state, &walk->values, held ? held->content : content);
                if (!span_equal(span, SPAN_ALL))
                        VEC_PUSH(arena, &list, (struct flag){walk->values.list.at[other].name, span});
        }
        if (list.n)
                VEC_PUSH(arena, &list, (struct flag){NULL, SPAN_ALL});
        return list.at;
}

const struct flag *flags_of(const struct visit *visit, int address)
{
        return address < 0 ? NULL : collect(visit, address, -1, -1);
}

static bool same_place(const struct where *a, const struct where *b)
{
        return !strcmp(a->file, b->file) && a->line == b->line && a->col == b->col;
}

void flags_late(const struct visit *visit, int address, int content)
{
        const struct walk *walk = visit->walk;
        const struct state *state = visit->state;
        bool one = walk->property == FOLLOW_BLOCK; /* it knows most of the one it follows */
        if (walk->values.list.at[address].kind != VALUE_FIELD ||
            span_equal(state_span(state, &walk->values, content), SPAN_ALL))
                return;
        for (int i = 0; i < state->store.n; i++) {
                const struct held *held = &state->store.at[i];
                const struct origin *origin = map_get(&walk->origins, (uint64_t)held->content + 1);
                bool other = one && held->content != walk->subject.value;
                if (other || !origin || !origin->why || !is_beside(&walk->values, held->address, address))
                        continue;
                sym key = walk->values.list.at[held->address].name;
                struct cell_log *log = walk->program->log;
                for (int n = 0; n < log->list.n; n++) {
                        struct cell_note *note = &log->list.at[n];
                        const struct step *from = note->key == key && note->why ? note->why->because : NULL;
                        if (from && same_place(&from->at, &origin->why->at))
                                note->when = collect(visit, held->address, address, content);
                }
        }
}

/* What VALUE is where CONTENT is NUMBER. False: that does not say it. */
static bool number_if(const struct values *values, int value, int content, int64_t number, int64_t *out)
{
        const struct value *v = &values->list.at[value];
        int64_t a, b;
        *out = value == content ? number : v->number;
        if (value == content || v->kind == VALUE_CONST)
                return true;
        return v->kind == VALUE_ARITH && number_if(values, v->a, content, number, &a) &&
               number_if(values, v->b, content, number, &b) && value_fold(v->op, a, b, out);
}

/* CONTENT may lie within SPAN on this path, also by what is known of its bits. */
static bool may_lie(const struct state *state, const struct values *values, int content, struct span span)
{
        if (!span_overlap(state_span(state, values, content), span))
                return false;
        for (int i = 0; span.low == span.high && i < state->facts.n; i++) {
                const struct fact *fact = &state->facts.at[i];
                int64_t number;
                if (number_if(values, fact->value, content, span.low, &number) &&
                    !span_overlap(fact->span, (struct span){number, number, false}))
                        return false;
        }
        return true;
}

bool flags_fit(const struct visit *visit, const struct flag *when, int address)
{
        struct values *values = &visit->walk->values;
        for (; when && when->key; when++)
                for (int i = 0; i < visit->state->store.n; i++) {
                        const struct held *held = &visit->state->store.at[i];
                        if (is_beside(values, address, held->address) &&
                            values->list.at[held->address].name == when->key &&
                            !may_lie(visit->state, values, held->content, when->span))
                                return false;
                }
        return true;
}

bool flags_expected(const struct flag *when, const struct effect *effect)
{
        for (; when && when->key; when++)
                for (int i = 0; i < effect->nwhen; i++) {
                        const struct spot *of = &effect->when[i].of;
                        bool beside = of->root == effect->at.root && of->nsteps &&
                                      of->nsteps <= effect->at.nsteps &&
                                      of->steps[of->nsteps - 1] == when->key;
                        if (beside && !span_overlap(effect->when[i].span, when->span))
                                return false;
                }
        return true;
}
