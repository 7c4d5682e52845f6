/*
 * state.c: see state.h. Store and facts are sorted arrays: they stay small
 * (dead variables are pruned where blocks begin), and sorted arrays compare,
 * join and copy in one pass.
 */
#include "flow/state.h"

#include <string.h>

enum { CLOBBERS_MOST = 128 };

static int store_find(const struct state *state, int address)
{
        int low = 0, high = state->store.n;
        while (low < high) {
                int middle = (low + high) / 2;
                if (state->store.at[middle].address < address)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low;
}

static int fact_find(const struct state *state, int value)
{
        int low = 0, high = state->facts.n;
        while (low < high) {
                int middle = (low + high) / 2;
                if (state->facts.at[middle].value < value)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low;
}

static void store_put(struct state *state, int address, int content)
{
        int at = store_find(state, address);
        if (at < state->store.n && state->store.at[at].address == address) {
                state->store.at[at].content = content;
                return;
        }
        VEC_ROOM(state->pool->arena, &state->store);
        memmove(&state->store.at[at + 1], &state->store.at[at],
                (size_t)(state->store.n - at) * sizeof(struct held));
        state->store.at[at] = (struct held){address, content};
        state->store.n++;
}

static struct fact *fact_put(struct state *state, int value)
{
        int at = fact_find(state, value);
        if (at == state->facts.n || state->facts.at[at].value != value) {
                VEC_ROOM(state->pool->arena, &state->facts);
                memmove(&state->facts.at[at + 1], &state->facts.at[at],
                        (size_t)(state->facts.n - at) * sizeof(struct fact));
                state->facts.at[at] = (struct fact){value, SPAN_ALL, 0};
                state->facts.n++;
        }
        return &state->facts.at[at];
}

static const struct fact *fact_get(const struct state *state, int value)
{
        int at = fact_find(state, value);
        return at < state->facts.n && state->facts.at[at].value == value ? &state->facts.at[at] : NULL;
}

int state_peek(const struct state *state, int address)
{
        int at = store_find(state, address);
        return at < state->store.n && state->store.at[at].address == address ? state->store.at[at].content
                                                                             : -1;
}

/* A change of KEYS may be one of field NAME. Fields that nobody assigns are what they were made with. */
static bool touches(const struct values *values, const struct keys *keys, sym name)
{
        if (!keys->all)
                return keys_has(keys, name);
        return !values->written || map_get(values->written, MAP_KEY(name));
}

static int clobbered(const struct state *state, const struct values *values, int address)
{
        const struct value *v = &values->list.at[address];
        int event = 0;
        if (v->kind == VALUE_FIELD)
                for (int i = 0; i < state->clobbers.n; i++) {
                        if (state->clobbers.at[i].key == v->name)
                                return state->clobbers.at[i].event;
                        if (!state->clobbers.at[i].key &&
                            touches(values, &(const struct keys){.all = true}, v->name))
                                event = state->clobbers.at[i].event;
                }
        return event;
}

int state_first(const struct state *state, struct values *values, int address)
{
        return value_content(values, address, clobbered(state, values, address));
}

bool state_is_first(const struct state *state, const struct values *values, int address, int content)
{
        const struct value *v = &values->list.at[content];
        return v->kind == VALUE_CONTENT && v->a == address && v->b == clobbered(state, values, address);
}

int state_read(struct state *state, struct values *values, int address)
{
        int content = state_peek(state, address);
        if (content >= 0)
                return content;
        content = state_first(state, values, address);
        store_put(state, address, content);
        return content;
}

/* Drops entries for which CONDITION does not hold. */
#define STORE_KEEP(state, condition)                                                                         \
        do {                                                                                                 \
                int kept = 0;                                                                                \
                for (int i = 0; i < (state)->store.n; i++) {                                                 \
                        struct held *held = &(state)->store.at[i];                                           \
                        if (condition)                                                                       \
                                (state)->store.at[kept++] = *held;                                           \
                }                                                                                            \
                (state)->store.n = kept;                                                                     \
        } while (0)

/* Two addresses of the same field in objects that may be one: a store through one hides what the other held.
 */
static bool may_alias(const struct values *values, int a, int b)
{
        const struct value *x = &values->list.at[a], *y = &values->list.at[b];
        if (a == b || x->kind != y->kind)
                return false;
        if (x->kind == VALUE_FIELD)
                return x->name == y->name && values->list.at[x->a].kind != VALUE_VAR &&
                       values->list.at[y->a].kind != VALUE_VAR &&
                       values->list.at[x->a].kind != VALUE_RESULT &&
                       values->list.at[y->a].kind != VALUE_RESULT;
        if (x->kind == VALUE_ARITH)
                return value_base(values, a) == value_base(values, b);
        return false;
}

void state_write(struct state *state, struct values *values, int address, int content)
{
        const struct value *written = &values->list.at[address];
        while (written->kind == VALUE_ARITH) /* an element of it */
                written = &values->list.at[written->a];
        if (values->applied.n && (written->kind == VALUE_FIELD || written->kind == VALUE_GLOBAL)) {
                struct keys keys = {0};
                keys_add(values->arena, &keys, written->name);
                state_outdate(state, values, &keys);
        }
        STORE_KEEP(state, held->address == address || !(value_within(values, held->address, address) ||
                                                        may_alias(values, held->address, address)));
        store_put(state, address, content);
}

/* The address that corresponds to INSIDE (which lies within FROM) in the object at TO. */
static int transplant(struct values *values, int inside, int from, int to)
{
        if (inside == from)
                return to;
        struct value v = values->list.at[inside];
        int base = transplant(values, v.a, from, to);
        if (v.kind == VALUE_FIELD)
                return value_field(values, base, v.name);
        return value_arith(values, v.op, base, v.b);
}

void state_move(struct state *state, struct values *values, int to, int from)
{
        int n = state->store.n;
        struct held *old =
            arena_grow(state->pool->arena, state->store.at, (size_t)n * sizeof *old, (size_t)n * sizeof *old);
        STORE_KEEP(state, !value_within(values, held->address, to));
        for (int i = 0; i < n; i++)
                if (value_inside(values, old[i].address, from))
                        store_put(state, transplant(values, old[i].address, from, to), old[i].content);
}

void state_forget(struct state *state, struct values *values, int address, int event)
{
        STORE_KEEP(state, !value_within(values, held->address, address) || held->address == address);
        store_put(state, address,
                  value_of(values, (struct value){.kind = VALUE_OUT, .a = event, .b = address}));
}

void state_unfact(struct state *state, struct values *values, int address, int event)
{
        for (int i = 0; i < state->store.n; i++) {
                struct held *held = &state->store.at[i];
                enum value_kind kind = values->list.at[held->content].kind;
                bool plain = kind == VALUE_CONST || kind == VALUE_ARITH ||
                             (kind == VALUE_PHI && !state_saved(state, held->content));
                if (plain && value_within(values, held->address, address))
                        held->content = value_of(
                            values, (struct value){.kind = VALUE_OUT, .a = event, .b = held->address});
        }
}

static void clobber_key(struct state *state, sym key, int event)
{
        for (int i = 0; i < state->clobbers.n; i++)
                if (state->clobbers.at[i].key == key) {
                        state->clobbers.at[i].event = event;
                        return;
                }
        VEC_PUSH(state->pool->arena, &state->clobbers, (struct clobber){key, event});
}

void state_clobber(struct state *state, struct values *values, const struct keys *keys, int event)
{
        STORE_KEEP(state, !(values->list.at[held->address].kind == VALUE_FIELD &&
                            touches(values, keys, values->list.at[held->address].name) &&
                            values->list.at[value_base(values, held->address)].kind != VALUE_VAR));
        state_outdate(state, values, keys);
        if (keys->all || state->clobbers.n + keys->list.n > CLOBBERS_MOST) {
                state->clobbers.n = 0;
                clobber_key(state, NULL, event);
                return;
        }
        for (int i = 0; i < keys->list.n; i++)
                clobber_key(state, keys->list.at[i], event);
}

static struct span structural(const struct state *state, const struct values *values, int value)
{
        const struct value *v = &values->list.at[value];
        switch (v->kind) {
        case VALUE_CONST:
                return (struct span){v->number, v->number, v->number != 0};
        case VALUE_STRING:
        case VALUE_FUNC:
        case VALUE_VAR:
        case VALUE_GLOBAL:
                return SPAN_NONZERO;
        case VALUE_FIELD: /* &p->f is no null pointer in code that means what it says */
                return SPAN_NONZERO;
        case VALUE_ARITH: {
                if (v->op >= ARITH_EQ)
                        return (struct span){0, 1, false};
                struct span a = state_span(state, values, v->a), b = state_span(state, values, v->b);
                int64_t number;
                if (a.low == a.high && b.low == b.high && value_fold(v->op, a.low, b.low, &number))
                        return (struct span){number, number, number != 0};
                if (v->op == ARITH_ADD && values->list.at[v->b].kind == VALUE_CONST && a.low > INT32_MIN &&
                    a.high < INT32_MAX && b.low > INT32_MIN && b.high < INT32_MAX)
                        return (struct span){a.low + b.low, a.high + b.high, false};
                if (v->op == ARITH_ADD && values->list.at[v->b].kind == VALUE_CONST && b.low > 0 &&
                    a.low >= 0 && a.low < INT32_MAX) /* what counts up does not come back to zero */
                        return (struct span){a.low + b.low, INT64_MAX, true};
                if (v->op == ARITH_AND && b.low >= 0 && b.low == b.high)
                        return (struct span){0, b.high, false};
                if (v->op == ARITH_ADD && values->list.at[v->b].kind != VALUE_CONST && span_not_zero(a) &&
                    b.low >= 0)
                        return SPAN_NONZERO;
                return SPAN_ALL;
        }
        default:
                return SPAN_ALL;
        }
}

/* Decides a comparison from the spans of its operands. */
static bool decide(enum arith op, struct span a, struct span b, bool *truth)
{
        bool apart = !span_overlap(a, b), single = a.low == a.high && b.low == b.high && a.low == b.low;
        switch (op) {
        case ARITH_EQ:
                return *truth = single, apart || single;
        case ARITH_NE:
                return *truth = !single, apart || single;
        case ARITH_LT:
                return *truth = a.high < b.low, a.high < b.low || a.low >= b.high;
        case ARITH_LE:
                return *truth = a.high <= b.low, a.high <= b.low || a.low > b.high;
        case ARITH_GT:
                return *truth = a.low > b.high, a.low > b.high || a.high <= b.low;
        case ARITH_GE:
                return *truth = a.low >= b.high, a.low >= b.high || a.high < b.low;
        default:
                return false;
        }
}

struct span state_span(const struct state *state, const struct values *values, int value)
{
        const struct value *v = &values->list.at[value];
        struct span span = structural(state, values, value);
        if (v->kind == VALUE_CONST)
                return span;
        const struct fact *fact = fact_get(state, value);
        if (fact)
                span_meet(&span, fact->span);
        bool truth;
        if (v->kind == VALUE_ARITH && v->op >= ARITH_EQ && !span_not_zero(span) && !span_is_zero(span) &&
            decide(v->op, state_span(state, values, v->a), state_span(state, values, v->b), &truth))
                return (struct span){truth, truth, truth};
        return span;
}

gil_set state_saved(const struct state *state, int value)
{
        const struct fact *fact = fact_get(state, value); /* a join writes the fact of its PHI */
        return fact ? fact->saved : 0;
}

void state_set(struct state *state, int value, struct span span, gil_set saved)
{
        struct fact *fact = fact_put(state, value);
        fact->span = span;
        fact->saved = saved;
}

void state_unset(struct state *state, int value)
{
        int at = fact_find(state, value);
        if (at == state->facts.n || state->facts.at[at].value != value)
                return;
        state->facts.n--;
        memmove(&state->facts.at[at], &state->facts.at[at + 1],
                (size_t)(state->facts.n - at) * sizeof(struct fact));
}

bool state_assume(struct state *state, struct values *values, int value, struct span span)
{
        struct span known = state_span(state, values, value);
        if (!span_meet(&known, span))
                return false;
        if (values->list.at[value].kind != VALUE_CONST)
                fact_put(state, value)->span = known;
        return true;
}

/* What `value op other` being true says of `value`. */
static struct span implied(enum arith op, struct span other)
{
        struct span span = SPAN_ALL;
        switch (op) {
        case ARITH_EQ:
                return other;
        case ARITH_NE:
                span.nonzero = span_is_zero(other);
                break;
        case ARITH_LT:
                span.high = other.high == INT64_MIN ? INT64_MIN : other.high - (other.high != INT64_MAX);
                break;
        case ARITH_LE:
                span.high = other.high;
                break;
        case ARITH_GT:
                span.low = other.low + (other.low != INT64_MIN && other.low != INT64_MAX);
                break;
        case ARITH_GE:
                span.low = other.low;
                break;
        default:
                break;
        }
        return span;
}

/* What is left of SPAN without NUMBER, when that lies at one of its ends. */
static struct span without(struct span span, int64_t number)
{
        if (span.low == number && span.low < span.high)
                span.low++;
        else if (span.high == number && span.low < span.high)
                span.high--;
        return span;
}

static enum arith negated(enum arith op)
{
        static const enum arith table[] = {
            [ARITH_EQ] = ARITH_NE, [ARITH_NE] = ARITH_EQ, [ARITH_LT] = ARITH_GE,
            [ARITH_LE] = ARITH_GT, [ARITH_GT] = ARITH_LE, [ARITH_GE] = ARITH_LT};
        return table[op];
}

bool state_branch(struct state *state, struct values *values, int value, bool truth)
{
        if (!state_assume(state, values, value, truth ? SPAN_NONZERO : SPAN_ZERO))
                return false;
        struct value v = values->list.at[value];
        if (v.kind != VALUE_ARITH)
                return true;
        if (v.op == ARITH_AND && truth) /* x & mask is set: x is not zero */
                return state_assume(state, values, v.a, SPAN_NONZERO);
        if (v.op < ARITH_EQ)
                return true;
        enum arith op = truth ? v.op : negated(v.op);
        struct span a = state_span(state, values, v.a), b = state_span(state, values, v.b);
        static const enum arith mirror[] = {
            [ARITH_EQ] = ARITH_EQ, [ARITH_NE] = ARITH_NE, [ARITH_LT] = ARITH_GT,
            [ARITH_LE] = ARITH_GE, [ARITH_GT] = ARITH_LT, [ARITH_GE] = ARITH_LE};
        if (op == ARITH_NE && b.low == b.high && !state_assume(state, values, v.a, without(a, b.low)))
                return false;
        if (!state_assume(state, values, v.a, implied(op, b)) ||
            !state_assume(state, values, v.b, implied(mirror[op], a)))
                return false;
        /* The opposite comparison of the same operands is decided along. */
        int other = value_arith(values, negated(v.op), v.a, v.b);
        if (values->list.at[other].kind != VALUE_CONST)
                fact_put(state, other)->span = truth ? SPAN_ZERO : (struct span){1, 1, true};
        /* A comparison of a comparison with zero: !(a == b). */
        struct value inner = values->list.at[v.a];
        if (inner.kind == VALUE_ARITH && inner.op >= ARITH_AND && span_is_zero(b) &&
            (v.op == ARITH_EQ || v.op == ARITH_NE))
                return state_branch(state, values, v.a, (v.op == ARITH_NE) == truth);
        return true;
}

void state_renew(struct state *state, struct values *values, int value)
{
        int old = -1;
        for (int i = 0; i < state->store.n; i++)
                if (state->store.at[i].content == value) {
                        if (old < 0)
                                old = value_of(values, (struct value){.kind = VALUE_OLD, .a = value});
                        state->store.at[i].content = old;
                }
        STORE_KEEP(state, !value_within(values, held->address, value));
        if (state->holder == value)
                state->holder = 0;
        handles_rename(&state->handles, value, old);
        const struct fact *fact = fact_get(state, value);
        if (old >= 0 && fact) {
                struct fact copy = *fact;
                const struct fact *before = fact_get(state, old);
                struct span span = before ? span_hull(before->span, copy.span) : copy.span;
                state_set(state, old, span, copy.saved);
        }
        int kept = 0;
        for (int i = 0; i < state->facts.n; i++) {
                const struct value *v = &values->list.at[state->facts.at[i].value];
                bool derived = v->kind == VALUE_ARITH && (v->a == value || v->b == value);
                if (state->facts.at[i].value != value && !derived)
                        state->facts.at[kept++] = state->facts.at[i];
        }
        state->facts.n = kept;
}

bool state_holds(const struct state *state, const struct values *values, int value, int except)
{
        for (int i = 0; i < state->store.n; i++)
                if (state->store.at[i].address != except &&
                    value_within(values, state->store.at[i].content, value))
                        return true;
        /* What was there at entry, where nobody wrote since. */
        const struct value *v = &values->list.at[value];
        return v->kind == VALUE_CONTENT && v->a != except && state_peek(state, v->a) < 0 &&
               clobbered(state, values, v->a) == v->b;
}

void state_outdate(struct state *state, struct values *values, const struct keys *keys)
{
        for (int i = 0; i < values->applied.n; i++) {
                int value = values->applied.at[i];
                const struct keys *reads = values->list.at[value].reads;
                bool changed = keys->all && reads->all;
                for (int j = 0; j < reads->list.n && !changed; j++)
                        changed = touches(values, keys, reads->list.at[j]);
                if (changed)
                        state_renew(state, values, value);
        }
}

bool spot_equal(const struct spot *a, const struct spot *b)
{
        if (a->root != b->root || a->nsteps != b->nsteps || a->global != b->global)
                return false;
        return !memcmp(a->steps, b->steps, (size_t)a->nsteps * sizeof a->steps[0]);
}
