/*
 * join.c: where paths meet. Contents that differ become a PHI of that block,
 * facts become their hull; after a few rounds a fact that still grows is
 * dropped (widening), so every walk ends.
 */
#include "flow/state.h"

#include <string.h>

enum { ROUNDS_BEFORE_WIDENING = 3, STORE_BEFORE_SWEEP = 32, STORE_MOST = 160, FACTS_MOST = 256 };

static struct span widen(const struct state *state, struct span old, struct span hull)
{
        if (span_equal(old, hull) || state->joins < ROUNDS_BEFORE_WIDENING)
                return hull;
        struct span wide = hull;
        if (hull.low < old.low)
                wide.low = hull.low >= 0 ? 0 : INT64_MIN;
        if (hull.high > old.high)
                wide.high = hull.high <= 0 ? 0 : INT64_MAX;
        return wide;
}

/* What ADDRESS holds behind the join when it held A here and B there, and what is known of that. */
static int meet(struct state *state, const struct state *other, struct values *values, int block, int address,
                int a, int b, struct fact *fact)
{
        struct span x = state_span(state, values, a), y = state_span(other, values, b);
        gil_set saved = state_saved(state, a) | state_saved(other, b);
        int content = value_of(values, (struct value){.kind = VALUE_PHI, .a = block, .b = address});
        value_meet(values, content, a);
        value_meet(values, content, b);
        struct span hull = span_hull(x, y);
        *fact = (struct fact){content, a == content ? widen(state, x, hull) : hull, saved};
        return content;
}

static bool trivial(const struct fact *fact)
{
        return !fact->saved && span_equal(fact->span, SPAN_ALL);
}

/* Facts that both sides have, as hulls. Both lists are sorted, so one pass does it. */
static void join_facts(struct state *joined, const struct state *state, const struct state *other)
{
        for (int i = 0, j = 0; i < state->facts.n && j < other->facts.n;) {
                const struct fact *mine = &state->facts.at[i], *theirs = &other->facts.at[j];
                if (mine->value != theirs->value) {
                        i += mine->value < theirs->value;
                        j += mine->value > theirs->value;
                        continue;
                }
                struct fact both = {mine->value,
                                    widen(state, mine->span, span_hull(mine->span, theirs->span)),
                                    mine->saved | theirs->saved};
                if (!trivial(&both))
                        VEC_PUSH(joined->pool->arena, &joined->facts, both);
                i++;
                j++;
        }
}

static void join_clobbers(struct state *joined, const struct state *other, int block)
{
        for (int i = 0; i < other->clobbers.n; i++) {
                int j = 0;
                while (j < joined->clobbers.n && joined->clobbers.at[j].key != other->clobbers.at[i].key)
                        j++;
                if (j == joined->clobbers.n)
                        VEC_PUSH(joined->pool->arena, &joined->clobbers,
                                 (struct clobber){other->clobbers.at[i].key, -1 - block});
                else if (joined->clobbers.at[j].event != other->clobbers.at[i].event)
                        joined->clobbers.at[j].event = -1 - block;
        }
}

static bool same_token(const struct spot *a, const struct spot *b)
{
        return a == b || (a && b && spot_equal(a, b));
}

static bool same(const struct state *a, const struct state *b)
{
        if (a->store.n != b->store.n || a->facts.n != b->facts.n || a->gil != b->gil ||
            a->status != b->status || a->open != b->open || a->clobbers.n != b->clobbers.n ||
            a->family != b->family || a->failed != b->failed || a->lost != b->lost || a->taken != b->taken ||
            !skips_equal(&a->skips, &b->skips) || a->stored != b->stored || a->holder != b->holder ||
            a->crossed != b->crossed || a->doubtful != b->doubtful || a->guessed != b->guessed ||
            a->untested != b->untested || a->failure != b->failure || a->otherwise != b->otherwise ||
            a->replaced != b->replaced || a->shown != b->shown || !same_token(a->restored, b->restored) ||
            !handles_equal(&a->handles, &b->handles))
                return false;
        for (int i = 0; i < a->facts.n; i++)
                if (a->facts.at[i].value != b->facts.at[i].value ||
                    a->facts.at[i].saved != b->facts.at[i].saved ||
                    !span_equal(a->facts.at[i].span, b->facts.at[i].span))
                        return false;
        return (!a->store.n || !memcmp(a->store.at, b->store.at, (size_t)a->store.n * sizeof(struct held))) &&
               (!a->clobbers.n ||
                !memcmp(a->clobbers.at, b->clobbers.at, (size_t)a->clobbers.n * sizeof(struct clobber)));
}

static void join_store(struct state *joined, struct state *state, const struct state *other,
                       struct values *values, int block)
{
        int i = 0, j = 0;
        while (i < state->store.n || j < other->store.n) {
                int mine = i < state->store.n ? state->store.at[i].address : INT32_MAX;
                int theirs = j < other->store.n ? other->store.at[j].address : INT32_MAX;
                int address = mine < theirs ? mine : theirs;
                i += mine == address;
                j += theirs == address;
                struct fact fact;
                int a = mine == address ? state->store.at[i - 1].content : -1;
                int b = theirs == address ? other->store.at[j - 1].content : -1;
                if (a < 0)
                        a = state_is_first(state, values, address, b) ? b
                                                                      : state_first(state, values, address);
                if (b < 0)
                        b = state_is_first(other, values, address, a) ? a
                                                                      : state_first(other, values, address);
                if (a == b) { /* alike on both sides: its facts are joined as facts */
                        VEC_PUSH(joined->pool->arena, &joined->store, (struct held){address, a});
                        continue;
                }
                int content = meet(state, other, values, block, address, a, b, &fact);
                VEC_PUSH(joined->pool->arena, &joined->store, (struct held){address, content});
                if (trivial(&fact))
                        state_unset(joined, content);
                else
                        state_set(joined, content, fact.span, fact.saved);
        }
}

bool state_join(struct state *state, const struct state *other, struct values *values, int block)
{
        if (same(state, other))
                return false;
        struct state *joined = state_shell(state);
        for (int i = 0; i < state->clobbers.n; i++)
                VEC_PUSH(state->pool->arena, &joined->clobbers, state->clobbers.at[i]);
        join_facts(joined, state, other);
        join_store(joined, state, other, values, block);
        join_clobbers(joined, other, block);
        joined->gil |= other->gil;
        joined->family |= other->family;
        joined->taken |= other->taken;
        joined->failed |= other->failed;
        joined->lost |= other->lost;
        if (!joined->stored || (other->stored && joined->holder != other->holder))
                joined->holder = joined->stored ? 0 : other->holder;
        joined->stored |= other->stored;
        joined->crossed |= other->crossed;
        joined->doubtful |= other->doubtful;
        joined->untested &= other->untested;
        joined->failure &= other->failure;
        joined->otherwise &= other->otherwise;
        joined->shown = joined->shown == other->shown ? joined->shown : 0;
        joined->replaced = joined->replaced ? joined->replaced : other->replaced;
        if (joined->restored && (!other->restored || !spot_equal(joined->restored, other->restored)))
                joined->restored = NULL;
        skips_join(&joined->skips, &other->skips);
        joined->guessed &= other->guessed; /* there is a path that hangs on nothing */
        if (!handles_equal(&joined->handles, &other->handles))
                joined->handles.n = -1;
        if (joined->open != other->open)
                joined->open = OPEN_UNKNOWN; /* not the same on all paths */
        if (joined->status != other->status)
                joined->status = BLOCK_ESCAPED;
        bool changed = !same(state, joined);
        joined->joins = state->joins + changed;
        struct state old = *state;
        *state = *joined;
        *joined = old;
        state_drop(joined);
        return changed;
}

static bool is_live(const struct values *values, const int *slot, const uint64_t *live, int address)
{
        const struct value *base = &values->list.at[value_base(values, address)];
        if (base->kind != VALUE_VAR)
                return true;
        int bit = slot[base->a];
        return bit < 0 || (live[bit / 64] >> (bit % 64) & 1);
}

/* Values that exist without anybody holding them: variables, what stood somewhere at entry (parameters'
 * objects are the contract), and what can be computed again. */
static bool is_rooted(const struct value *v)
{
        return v->kind == VALUE_CONTENT || v->kind == VALUE_VAR || v->kind == VALUE_GLOBAL ||
               v->kind == VALUE_APPLY;
}

static bool is_reached(const struct values *values, int value)
{
        const struct value *v = &values->list.at[value];
        return is_rooted(v) || v->mark == *values->marks;
}

static void mark(struct values *values, int value)
{
        while (values->list.at[value].mark != *values->marks) {
                struct value *v = &values->list.at[value];
                v->mark = *values->marks;
                if (is_rooted(v) || (v->kind != VALUE_ARITH && v->kind != VALUE_FIELD))
                        return;
                if (v->kind == VALUE_ARITH && v->op < ARITH_EQ)
                        mark(values, v->b);
                value = v->a;
        }
}

/* Somebody can still come to an address: from where it starts, with the indices it takes. */
static bool is_nameable(const struct values *values, int address)
{
        const struct value *v = &values->list.at[address];
        while (v->kind == VALUE_FIELD || v->kind == VALUE_ARITH) {
                if (v->kind == VALUE_ARITH && values->list.at[v->b].kind != VALUE_CONST &&
                    !is_reached(values, v->b))
                        return false;
                address = v->a;
                v = &values->list.at[address];
        }
        return is_reached(values, address);
}

/* Drops what nothing live can name any more, and what would be read the same if it were not there. */
static void sweep(struct state *state, struct values *values)
{
        ++*values->marks;
        for (int i = 0; i < state->store.n; i++)
                mark(values, state->store.at[i].content);
        int kept = 0;
        for (int i = 0; i < state->store.n; i++)
                if (is_nameable(values, state->store.at[i].address) &&
                    !state_is_first(state, values, state->store.at[i].address, state->store.at[i].content))
                        state->store.at[kept++] = state->store.at[i];
        state->store.n = kept;
        kept = 0;
        for (int i = 0; i < state->facts.n; i++) {
                int value = state->facts.at[i].value;
                const struct value *v = &values->list.at[value];
                bool arith = v->kind == VALUE_ARITH;
                bool named =
                    arith ? is_reached(values, v->a) && is_reached(values, v->b) : is_reached(values, value);
                if (named || (arith && values->list.at[v->b].kind == VALUE_CONST && is_reached(values, v->a)))
                        state->facts.at[kept++] = state->facts.at[i];
        }
        state->facts.n = kept;
}

/* More is known than anybody asks again: that one of a thousand comparisons did not hold goes first, then
 * what was known first. */
static void forget_facts(struct state *state, const struct values *values)
{
        int over = state->facts.n - FACTS_MOST;
        for (int round = 0; round < 2 && over > 0; round++) {
                int kept = 0;
                for (int i = 0; i < state->facts.n; i++) {
                        const struct value *v = &values->list.at[state->facts.at[i].value];
                        bool compares = v->kind == VALUE_ARITH && v->op >= ARITH_EQ;
                        if (over > 0 && (compares || round))
                                over--;
                        else
                                state->facts.at[kept++] = state->facts.at[i];
                }
                state->facts.n = kept;
        }
}

void state_prune(struct state *state, struct values *values, int block, const int *slot, const uint64_t *live)
{
        int kept = 0;
        for (int i = 0; i < state->store.n; i++)
                if (is_live(values, slot, live, state->store.at[i].address))
                        state->store.at[kept++] = state->store.at[i];
        state->store.n = kept;
        if (state->store.n + state->facts.n > STORE_BEFORE_SWEEP)
                sweep(state, values);
        forget_facts(state, values);
        if (state->store.n > STORE_MOST) /* a function that handles more memory than anybody follows */
                state_clobber(state, values, &(const struct keys){.all = true}, -1 - block);
}
