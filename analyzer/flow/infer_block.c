/*
 * infer_block.c: where one block goes in a body. Comes in: a function and a
 * block that it obtains or that exists at entry; goes out: effects of the
 * contract. Judges nothing.
 */
#include "flow/branch.h"
#include "flow/infer.h"
#include "flow/outcome.h"

/*
 * A value that exists at entry has another number in another walk; it is found
 * again by its spot, which is how the subject carries it.
 */
void walk_subject(struct walk *walk, struct program *program, struct function *function, struct arena *arena,
                  const struct live *live, const struct subject *subject, struct state **entry)
{
        walk_init(walk, program, function, arena, live, FOLLOW_BLOCK);
        walk->subject = *subject;
        *entry = walk_entry(walk);
        if (subject->event) {
                walk->subject.value = -1;
                return;
        }
        struct visit visit = {.walk = walk, .state = *entry, .number = 0};
        struct event none = {.nargs = function->func->nparams};
        visit.event = &none;
        visit.args = NEW_ARRAY(arena, int, function->func->nparams + 1);
        for (int i = 0; i < function->func->nparams; i++)
                visit.args[i] = walk_param(walk, i);
        walk->subject.value =
            subject->is_fixed ? value_of(&walk->values, subject->fixed) : spot_value(&visit, &subject->at);
        (*entry)->status = BLOCK_BORROWED;
}

enum {
        BLOCK_DOES_NOTHING,
        BLOCK_RETURNED,
        BLOCK_PLACED,
        BLOCK_TAKEN,
        BLOCK_KEPT,
        BLOCK_ABSENT,
        BLOCK_OTHER,
        BLOCK_LENT
};

/* Of a block that is placed: null may be what is left there; other exits of that result place none. Of one
 * that is handed out: others were shown it, see settle_shown. */
enum { PART_NULLABLE = 1, PART_MIXED = 2, PART_SHOWN = 4 };

struct block_scan {
        struct outcomes outcomes;
        struct left left;     /* at the same exits */
        bool may_be_null;     /* what is handed out was not tested */
        bool fails_with_null; /* where there is no block, null is returned */
        bool shown;           /* a function of which nothing is known may have kept it */
};

/* Where the block is left for the caller to find: in a parameter's target or a global; and where else. */
static bool find_placed(struct walk *walk, const struct state *state, struct outcome *outcome)
{
        bool found = false;
        for (int i = 0; i < state->store.n; i++) {
                const struct held *held = &state->store.at[i];
                struct spot spot;
                if (held->content != walk->subject.value || value_is_local(&walk->values, held->address) ||
                    !spot_of_address(walk, held->address, &spot))
                        continue;
                if (found)
                        VEC_PUSH(walk->arena, &outcome->also, spot);
                else
                        outcome->at = spot;
                found = true;
        }
        return found;
}

/* An address inside the block, or one with a mark, stands where the caller finds it: he knows what it is. */
static bool is_marked(struct walk *walk, const struct state *state)
{
        for (int i = 0; i < state->store.n; i++) {
                const struct held *held = &state->store.at[i];
                if (!value_is_local(&walk->values, held->address) &&
                    value_within(&walk->values, held->content, walk->subject.value))
                        return true;
        }
        return false;
}

/* Memory of another owner that a call lent, handed on to the caller. */
static void note_lent(struct walk *walk, const struct state *state, int value, struct outcome *outcome)
{
        bool returned = value == walk->subject.value;
        outcome->at = (struct spot){.root = SPOT_RESULT};
        if (!walk->subject.event || !(returned || find_placed(walk, state, outcome)))
                return;
        outcome->kind = BLOCK_LENT;
        outcome->family = state->family;
        outcome->part = !returned && !span_not_zero(state_span(state, &walk->values, walk->subject.value));
}

/* The block is this function's own, or was but shown to others: the caller gets it, or nobody knows of it. */
static void note_owned(struct block_scan *scan, struct walk *walk, const struct state *state, int value,
                       struct outcome *outcome)
{
        bool shown = state->status == BLOCK_ESCAPED;
        bool null = !span_not_zero(state_span(state, &walk->values, walk->subject.value));
        outcome->family = state->family;
        if (value == walk->subject.value && state->stored) {
                outcome->kind = BLOCK_KEPT; /* its owner is in memory; the caller is only shown it */
                outcome->family = 0;
        } else if (value == walk->subject.value) {
                outcome->kind = BLOCK_RETURNED;
                outcome->part = shown ? PART_SHOWN | (null ? PART_NULLABLE : 0) : 0;
                scan->may_be_null |= null && !shown;
        } else if (find_placed(walk, state, outcome)) {
                outcome->kind = BLOCK_PLACED;
                outcome->part = (null ? PART_NULLABLE : 0) | (shown ? PART_SHOWN : 0);
                scan->may_be_null |= null && !shown;
        } else {
                outcome->family = 0;
                if (shown || is_marked(walk, state))
                        outcome->kind = BLOCK_KEPT;
        }
}

/* Where some exit hands the block out that nobody else has seen, those that others were shown count for kept;
 * else it is handed out by them. */
static void settle_shown(struct block_scan *scan)
{
        bool owned = false;
        for (int i = 0; i < scan->outcomes.list.n; i++) {
                const struct outcome *outcome = &scan->outcomes.list.at[i];
                bool out = outcome->kind == BLOCK_RETURNED || outcome->kind == BLOCK_PLACED;
                owned |= out && !(outcome->part & PART_SHOWN);
        }
        for (int i = 0; i < scan->outcomes.list.n; i++) {
                struct outcome *outcome = &scan->outcomes.list.at[i];
                if (!(outcome->part & PART_SHOWN))
                        continue;
                scan->shown |= !owned;
                scan->may_be_null |= !owned && (outcome->part & PART_NULLABLE);
                outcome->part &= outcome->kind == BLOCK_PLACED && !owned ? PART_NULLABLE : 0;
                outcome->kind = owned ? BLOCK_KEPT : outcome->kind;
                outcome->family = owned ? 0 : outcome->family;
        }
}

static void note_exit(struct block_scan *scan, struct walk *walk, struct state *state, int value)
{
        struct outcome *outcome = outcome_add(&scan->outcomes, walk, state, value);
        left_note(&scan->left, walk, state, value);
        outcome->kind = BLOCK_DOES_NOTHING;
        outcome->why = state->why;
        switch (state->status) {
        case BLOCK_OWNED:
                note_owned(scan, walk, state, value, outcome);
                break;
        case BLOCK_FREED:
                outcome->kind = BLOCK_TAKEN;
                outcome->family = state->taken;
                break;
        case BLOCK_ESCAPED:
                if (state->shown && walk->subject.event) {
                        note_owned(scan, walk, state, value, outcome);
                        break;
                }
                outcome->kind = BLOCK_KEPT;
                outcome->family = state->taken;
                break;
        case BLOCK_BORROWED:
                if (state->stored)
                        outcome->kind = BLOCK_KEPT;
                note_lent(walk, state, value, outcome);
                break;
        case BLOCK_NONE:
                outcome->kind = state->otherwise ? BLOCK_OTHER : BLOCK_ABSENT;
                if (!state->otherwise && state->failed && find_placed(walk, state, outcome)) {
                        outcome->family = state->family;
                        outcome->part = PART_NULLABLE;
                }
                if (state->failed && value >= 0 && span_is_zero(state_span(state, &walk->values, value)))
                        scan->fails_with_null = true; /* the failure is passed on */
                break;
        default:
                break;
        }
}

/* `return p != NULL`: what is returned says whether there is a block. */
static bool is_answer(const struct walk *walk, const struct state *state, int value)
{
        const struct value *v = value >= 0 ? &walk->values.list.at[value] : NULL;
        bool compared = v && v->kind == VALUE_ARITH && (v->op == ARITH_EQ || v->op == ARITH_NE);
        return compared && state->status == BLOCK_OWNED && v->a == walk->subject.value;
}

static void block_exit(void *data, struct walk *walk, struct state *state, int value, struct loc at,
                       int block)
{
        struct block_scan *scan = data;
        (void)at;
        (void)block;
        if (!is_answer(walk, state, value)) {
                note_exit(scan, walk, state, value);
                return;
        }
        for (int truth = 0; truth < 2; truth++) {
                struct state *side = state_copy(state);
                if (state_branch(side, &walk->values, value, truth)) {
                        branch_taken(walk, side, NULL, value, truth, false);
                        note_exit(scan, walk, side, value);
                }
                state_drop(side);
        }
}

/* A result that is constant where nothing is given: any other one tells that it was given. */
static void leave_out_others(const struct outcomes *all, const struct outcome *pick, struct effect *effect)
{
        struct span others = SPAN_ALL, rest;
        bool first = true;
        for (int i = 0; i < all->list.n; i++) {
                const struct outcome *other = &all->list.at[i];
                if (other->kind == pick->kind && spot_equal(&other->at, &pick->at))
                        continue;
                others = first ? other->result : span_hull(others, other->result);
                first = false;
        }
        if (first || !effect->maybe || effect->nwhen || !span_rest(others, &rest))
                return;
        if (!span_meet(&rest, effect->result))
                return;
        effect->result = rest;
        effect->maybe = false;
}

/* What tells the exits that give the block from those that do not. */
static void tell_exits(struct program *program, const struct block_scan *scan, const struct outcome *pick,
                       struct effect *effect)
{
        int n = scan->outcomes.list.n;
        int *side = NEW_ARRAY(program->arena, int, n);
        effect->fails = true;
        for (int i = 0; i < n; i++) {
                const struct outcome *outcome = &scan->outcomes.list.at[i];
                side[i] = outcome_same(outcome, pick) ? 1 : outcome->kind == BLOCK_OTHER ? -1 : 0;
                effect->fails &= side[i] || span_is_zero(outcome->result);
        }
        effect->nwith = left_beside(program->arena, &scan->left, side, 1, &effect->with);
        effect->nwithout = left_beside(program->arena, &scan->left, side, 0, &effect->without);
}

/* The same for memory that is lent: what is left beside it has to tell it from what is given, where both may
 * be returned. Nobody takes null for either. */
static void tell_lent(struct program *program, const struct block_scan *scan, const struct outcome *pick,
                      struct effect *effect)
{
        int n = scan->outcomes.list.n, both = 0;
        int *side = NEW_ARRAY(program->arena, int, n);
        for (int i = 0; i < n; i++) {
                const struct outcome *outcome = &scan->outcomes.list.at[i];
                bool null = effect->at.root == SPOT_RESULT && span_is_zero(outcome->result);
                side[i] = outcome_same(outcome, pick) ? 1 : null ? -1 : 0;
        }
        effect->nwith = left_beside(program->arena, &scan->left, side, 1, &effect->with);
        effect->nwithout = left_beside(program->arena, &scan->left, side, 0, &effect->without);
        for (int i = 0; i < effect->nwith; i++)
                for (int j = 0; j < effect->nwithout; j++)
                        both += spot_equal(&effect->with[i].at, &effect->without[j].at);
        effect->maybe &= !both;
        effect->nwith = both ? effect->nwith : 0;
        effect->nwithout = both ? effect->nwithout : 0;
}

/* The other spots that hold the block at all exits where it is left at the one of PICK. */
static void add_also(struct program *program, const struct block_scan *scan, const struct outcome *pick,
                     struct effect *effect)
{
        struct spot *also = NEW_ARRAY(program->arena, struct spot, pick->also.n + 1);
        for (int i = 0; i < pick->also.n; i++) {
                bool everywhere = true;
                for (int j = 0; j < scan->outcomes.list.n; j++) {
                        const struct outcome *other = &scan->outcomes.list.at[j];
                        bool here = !outcome_same(other, pick);
                        for (int k = 0; k < other->also.n; k++)
                                here |= spot_equal(&other->also.at[k], &pick->also.at[i]);
                        everywhere &= here;
                }
                if (everywhere)
                        also[effect->nalso++] = pick->also.at[i];
        }
        effect->also = also;
}

/* What is left null at some exits and not at others is told apart where callers can do so too. */
static void join_parts(struct program *program, struct block_scan *scan)
{
        bool told = true;
        for (int i = 0; i < scan->outcomes.list.n; i++) {
                const struct outcome *outcome = &scan->outcomes.list.at[i];
                if (outcome->kind == BLOCK_PLACED && !(outcome->part & PART_MIXED) &&
                    !outcome_repeats(&scan->outcomes, i))
                        told &= !outcome_condition(program->arena, &scan->outcomes, outcome).maybe;
        }
        for (int i = 0; !told && i < scan->outcomes.list.n; i++)
                if (scan->outcomes.list.at[i].kind == BLOCK_PLACED &&
                    !(scan->outcomes.list.at[i].part & PART_MIXED))
                        scan->outcomes.list.at[i].part = scan->may_be_null;
}

/* At exit E another block of the same family stands in the place of the one followed: its own walk tells of
 * it. */
static bool is_replaced(struct walk *walk, const struct left *left, int e, const struct outcome *placed)
{
        const struct state *state = left->states.at[e];
        for (int i = 0; i < state->store.n; i++) {
                const struct held *held = &state->store.at[i];
                const struct origin *origin = map_get(&walk->origins, (uint64_t)held->content + 1);
                struct spot spot;
                if (origin && held->content != walk->subject.value && !origin->borrowed &&
                    origin->family == placed->family &&
                    !span_is_zero(state_span(state, &walk->values, held->content)) &&
                    spot_of_address(walk, held->address, &spot) && spot_equal(&spot, &placed->at))
                        return true;
        }
        return false;
}

/* Where some exits of a result place a block and others do not, callers are told of that result by itself;
 * where those left null in its place, the block may be null. */
static void split_placed(struct program *program, struct walk *walk, struct block_scan *scan)
{
        struct outcomes *all = &scan->outcomes;
        int *parts = NEW_ARRAY(program->arena, int, all->list.n);
        int *replaced = NEW_ARRAY(program->arena, int, all->list.n);
        bool *vague = NEW_ARRAY(program->arena, bool, all->list.n); /* of the first of each group */
        for (int i = 0; i < all->list.n; i++) {
                const struct outcome *outcome = &all->list.at[i];
                int first = outcome->kind == BLOCK_PLACED ? outcome_first(all, i) : -1;
                parts[i] |= first >= 0 ? outcome->part : 0;
                if (first == i)
                        vague[i] = outcome_condition(program->arena, all, outcome).maybe;
                for (int j = 0; first >= 0 && vague[first] && j < all->list.n; j++) {
                        const struct outcome *other = &all->list.at[j];
                        if (other->kind == BLOCK_PLACED || !span_overlap(other->result, outcome->result))
                                continue;
                        if (is_replaced(walk, &scan->left, j, outcome))
                                replaced[j] = i + 1;
                        else if (other->part && spot_equal(&other->at, &outcome->at))
                                parts[j] = parts[i] |= PART_NULLABLE;
                        else
                                parts[i] |= PART_MIXED;
                }
        }
        for (int i = 0; i < all->list.n; i++) {
                all->list.at[i].part = parts[i];
                if (all->list.at[i].kind == BLOCK_ABSENT && parts[i])
                        all->list.at[i].kind = BLOCK_PLACED;
                if (!replaced[i])
                        continue;
                const struct outcome *placed = &all->list.at[replaced[i] - 1];
                struct span rest, result = all->list.at[i].result;
                if (span_rest(placed->result, &rest) && span_meet(&rest, result)) {
                        all->list.at[i].result = rest; /* where it failed too */
                } else {
                        all->list.at[i] = *placed;
                        all->list.at[i].result = result;
                }
        }
}

/* Where a block that exists at entry is null there is none: what happens to it is asked of other exits. */
static struct condition condition_of(struct program *program, const struct subject *subject,
                                     const struct outcomes *all, const struct outcome *pick)
{
        struct outcomes with = {0};
        for (int i = 0; i < all->list.n; i++)
                if (subject->event || all->list.at[i].kind != BLOCK_ABSENT)
                        VEC_PUSH(program->arena, &with.list, all->list.at[i]);
        struct condition condition = outcome_condition(program->arena, &with, pick);
        bool told = with.list.n == all->list.n;
        for (int i = 0; i < condition.nwhen; i++)
                told |= spot_equal(&condition.when[i].of, &subject->at);
        if (!told)
                condition.when[condition.nwhen++] = (struct test){subject->at, SPAN_NONZERO};
        return condition;
}

/* Some path neither keeps the block nor gives it back, though there is one. */
static bool is_left_alone(const struct outcomes *outcomes)
{
        for (int i = 0; i < outcomes->list.n; i++)
                if (outcomes->list.at[i].kind == BLOCK_DOES_NOTHING)
                        return true;
        return false;
}

/* No exit that returns null passes the tests of EFFECT: it is given all that was asked for, or ends. */
static bool is_filled(const struct outcomes *all, const struct effect *effect)
{
        struct condition tests = {.result = SPAN_ZERO, .when = effect->when, .nwhen = effect->nwhen};
        bool filled = effect->nwhen > 0;
        for (int i = 0; i < all->list.n; i++)
                filled &= outcome_excluded(&tests, &all->list.at[i]);
        return filled;
}

static bool exit_effect(struct program *program, const struct subject *subject, const struct block_scan *scan,
                        const struct outcome *outcome, struct effect *effect)
{
        switch (outcome->kind) {
        case BLOCK_RETURNED:
                effect->kind = EFFECT_GIVES;
                effect->at = (struct spot){.root = SPOT_RESULT};
                if (effect->result.low <= 0) /* else failure is a number of its own, and callers can tell */
                        effect->result = SPAN_ALL;
                effect->maybe = false;
                effect->nullable = scan->may_be_null;
                effect->filled = is_filled(&scan->outcomes, effect);
                tell_exits(program, scan, outcome, effect);
                return true;
        case BLOCK_PLACED:
                leave_out_others(&scan->outcomes, outcome, effect);
                effect->kind = EFFECT_GIVES;
                effect->nullable = outcome->part & PART_NULLABLE;
                add_also(program, scan, outcome, effect);
                tell_exits(program, scan, outcome, effect);
                return true;
        case BLOCK_LENT:
                effect->kind = EFFECT_BORROWS;
                effect->nullable = outcome->part;
                tell_lent(program, scan, outcome, effect);
                return effect->at.root != SPOT_GLOBAL && !effect->maybe;
        case BLOCK_TAKEN:
        case BLOCK_KEPT:
                effect->kind = outcome->kind == BLOCK_TAKEN ? EFFECT_TAKES : EFFECT_KEEPS;
                effect->at = subject->at;
                if (outcome->kind == BLOCK_KEPT && !is_left_alone(&scan->outcomes)) {
                        effect->result = SPAN_ALL; /* other results mean that it is null */
                        effect->nwhen = 0;
                        effect->maybe = false;
                }
                effect->link = effect->at.nsteps ? NULL : subject->link;
                return !subject->event && !subject->is_fixed && effect->at.root != SPOT_GLOBAL;
        default:
                return false;
        }
}

static void add_block_effects(struct program *program, struct walk *walk, struct contract *contract,
                              const struct subject *subject, struct block_scan *scan)
{
        settle_shown(scan);
        split_placed(program, walk, scan);
        join_parts(program, scan);
        for (int i = 0; i < scan->outcomes.list.n; i++) {
                const struct outcome *outcome = &scan->outcomes.list.at[i];
                if (outcome->kind == BLOCK_DOES_NOTHING || outcome->kind == BLOCK_ABSENT ||
                    outcome->kind == BLOCK_OTHER || outcome_repeats(&scan->outcomes, i))
                        continue;
                struct condition condition = condition_of(program, subject, &scan->outcomes, outcome);
                struct effect effect = {.family = outcome->family,
                                        .result = condition.result,
                                        .when = condition.when,
                                        .nwhen = condition.nwhen,
                                        .maybe = condition.maybe};
                effect.why = steps_keep(program->arena, outcome->why);
                effect.at = outcome->at;
                effect.shown = scan->shown;
                if (outcome->kind == BLOCK_RETURNED)
                        contract->result_maybe_null |= scan->may_be_null || scan->fails_with_null;
                if (exit_effect(program, subject, scan, outcome, &effect))
                        contract_add(program, contract, effect);
        }
}

int infer_block(struct program *program, struct function *function, const struct live *live,
                const struct subject *subject, struct contract *contract)
{
        struct arena *arena = arena_new();
        struct walk walk;
        struct state *entry;
        struct block_scan scan = {0};
        struct observer observer = {.data = &scan, .exit = block_exit};
        walk_subject(&walk, program, function, arena, live, subject, &entry);
        walk_run(&walk, entry, &observer);
        add_block_effects(program, &walk, contract, subject, &scan);
        arena_drop(arena);
        return walk.passes;
}
