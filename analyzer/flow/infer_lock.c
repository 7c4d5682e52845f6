/*
 * infer_lock.c: what a body does to the lock: one walk for each state it may be
 * entered in, distilled to cases.
 */
#include "flow/infer.h"

#include "flow/jump.h"
#include "flow/outcome.h"

struct lock_scan {
        struct walk *walk;
        bool apart; /* see struct walk */
        struct outcomes outcomes;
        gil_set jumps;  /* the states in which a call may jump out of the function */
        bool refused;   /* a call that must not be made with the lock is made with it */
        bool resumed;   /* an exit takes up a state that somebody saved before, and leaves the lock again */
        bool otherwise; /* ... or does something else to it, or asks for it before */
        VEC(bool) lost; /* per outcome: a token is still open and does not leave the function */
};

enum { APART_BLOCKS = 60, APART_EXITS = 16, OWN_PARTS = 4 };

enum { LOCK_PLAIN, LOCK_SAVES, LOCK_RESTORES, LOCK_NULL, LOCK_KINDS, OPEN_SHIFT = 8 };

/* A token may travel in disguise: one more than it is, so that no token is null. */
static bool is_token(const struct walk *walk, const struct state *state, int value)
{
        return state_saved(state, value_base(&walk->values, value));
}

/* Where a token that remembers the state before leaves the function: its result, a parameter's target, a
 * global. */
static bool find_token(struct walk *walk, const struct state *state, int value, struct spot *spot)
{
        if (value >= 0 && is_token(walk, state, value)) {
                *spot = (struct spot){.root = SPOT_RESULT};
                return true;
        }
        for (int i = 0; i < state->store.n; i++) {
                const struct held *held = &state->store.at[i];
                if (value_is_local(&walk->values, held->address))
                        continue;
                if (is_token(walk, state, held->content) && spot_of_address(walk, held->address, spot))
                        return true;
        }
        return false;
}

/* Where callers find null: the token's place, perhaps. */
static void note_nulls(struct walk *walk, const struct state *state, struct outcome *outcome)
{
        for (int i = 0; i < state->store.n; i++) {
                const struct held *held = &state->store.at[i];
                struct spot spot;
                if (span_is_zero(state_span(state, &walk->values, held->content)) &&
                    !value_is_local(&walk->values, held->address) &&
                    spot_of_address(walk, held->address, &spot))
                        VEC_PUSH(walk->arena, &outcome->also, spot);
        }
}

/* The place of a token that other exits leave, where this one leaves null. */
static const struct spot *left_null(const struct outcomes *all, const struct outcome *outcome)
{
        for (int i = 0; i < all->list.n; i++)
                for (int s = 0; s < outcome->also.n; s++)
                        if (all->list.at[i].kind % LOCK_KINDS == LOCK_SAVES &&
                            spot_equal(&all->list.at[i].at, &outcome->also.at[s]))
                                return &outcome->also.at[s];
        return NULL;
}

/* Exits that do nothing to the lock leave null where others leave a token: callers tell them apart by it. */
static void find_nulls(struct outcomes *all, gil_set entry)
{
        for (int i = 0; i < all->list.n; i++) {
                struct outcome *outcome = &all->list.at[i];
                bool plain =
                    outcome->kind == LOCK_KINDS * OPEN_SHIFT + LOCK_PLAIN && outcome->leaves == entry;
                const struct spot *at = plain ? left_null(all, outcome) : NULL;
                if (at) {
                        outcome->kind += LOCK_NULL;
                        outcome->at = *at;
                }
        }
}

bool lock_token(struct walk *walk, const struct state *state, int value)
{
        bool kept = value >= 0 && is_token(walk, state, value);
        for (int i = 0; i < state->store.n; i++)
                kept |= !value_is_local(&walk->values, state->store.at[i].address) &&
                        is_token(walk, state, state->store.at[i].content);
        return kept;
}

/* Results that callers tell apart: a failure told by a negative number or null is a case of its own, even
 * where it leaves the lock as another does. */
static int part_of(struct span result)
{
        if (span_is_zero(result))
                return 1;
        if (result.high < 0)
                return 2;
        return span_not_zero(result) ? 3 : 0;
}

/* Something was done to the lock on the way here, not only asked. */
static bool is_touched(const struct step *why)
{
        while (why && why->kind == STEP_BRANCH)
                why = why->because;
        return why != NULL;
}

static void lock_exit(void *data, struct walk *walk, struct state *state, int value, struct loc at, int block)
{
        struct lock_scan *scan = data;
        struct outcome *outcome = outcome_add(&scan->outcomes, walk, state, value);
        (void)at;
        (void)block;
        outcome->part = part_of(outcome->result);
        outcome->leaves = state->gil;
        outcome->unsure = state->lost;
        outcome->why = state->gil_why;
        outcome->kind = LOCK_PLAIN;
        scan->resumed |= state->restored && state->gil == GIL_RELEASED;
        scan->otherwise |= !state->restored && is_touched(state->gil_why);
        if (find_token(walk, state, value, &outcome->at)) {
                outcome->kind = LOCK_SAVES;
        } else if (state->restored) {
                outcome->kind = LOCK_RESTORES;
                outcome->at = *state->restored;
        }
        note_nulls(walk, state, outcome);
        outcome->kind += LOCK_KINDS * (state->open == OPEN_UNKNOWN ? 0 : state->open + OPEN_SHIFT);
        bool open = state->open > 0 && state->open != OPEN_UNKNOWN;
        VEC_PUSH(walk->arena, &scan->lost,
                 state->crossed ||
                     (open && outcome->kind % LOCK_KINDS == LOCK_PLAIN && !lock_token(walk, state, value)));
}

/* Every case of the call takes the lock for a thread that has none, not one back that was saved. */
static bool refuses(const struct visit *visit)
{
        const struct contract *contract = visit->call->contract;
        bool forbidden = contract && contract->gil.n, callee = false;
        for (int i = 0; contract && i < contract->gil.n; i++)
                forbidden &= !(contract->gil.at[i].needs & GIL_HELD) && !contract->gil.at[i].has_restores;
        for (int t = 0; t < visit->call->to.n; t++)
                callee |= visit->call->to.at[t]->refuses_lock;
        return visit->state->gil == GIL_HELD && (forbidden || callee);
}

static void lock_call(void *data, const struct visit *visit)
{
        struct lock_scan *scan = data;
        scan->refused |= refuses(visit);
        if (visit->call->jumps)
                scan->jumps |= jump_states(visit);
        const struct contract *contract = visit->call->contract;
        gil_set needs = contract && contract->gil.n ? 0 : GIL_ANY;
        for (int i = 0; contract && i < contract->gil.n; i++)
                needs |= contract->gil.at[i].needs;
        scan->otherwise |= visit->state->gil == GIL_RELEASED && !(needs & GIL_RELEASED);
}

/* A way out that loses its token while others keep the balance is a bug, and told there. To callers it is as
 * if it were mended, or each of them would be told again. */
static void mend_lost(struct lock_scan *scan, gil_set entry)
{
        bool balanced = false;
        for (int i = 0; i < scan->outcomes.list.n; i++)
                balanced |= !scan->lost.at[i] && scan->outcomes.list.at[i].leaves == entry;
        for (int i = 0; balanced && i < scan->outcomes.list.n; i++)
                if (scan->lost.at[i]) {
                        scan->outcomes.list.at[i].leaves = entry;
                        scan->outcomes.list.at[i].kind = LOCK_PLAIN + LOCK_KINDS * OPEN_SHIFT;
                }
}

/* A counter of which every way out knows that it was zero when the function was entered. */
static void add_depth(struct program *program, const struct outcomes *all, const struct outcome *pick,
                      struct gil_case *c)
{
        for (int f = 0; f < pick->facts.n && !c->nwhen; f++) {
                const struct test *test = &pick->facts.at[f];
                bool zero = true;
                for (int i = 0; i < all->list.n; i++)
                        zero &= span_is_zero(outcome_fact(&all->list.at[i], &test->of));
                if (zero && (test->of.nsteps || test->of.root == SPOT_GLOBAL)) {
                        c->when = NEW_ARRAY(program->arena, struct test, 1);
                        c->when[c->nwhen++] = *test;
                }
        }
}

/* --- exits that have no one condition --------------------------------------- */

/*
 * `if (a && !b) s = save()`: the lock is kept where a is zero or where b is not,
 * and hulls say nothing of that; nor do they where both ways leave the lock as it
 * was. The function does something to the lock, on some paths.
 */
static bool is_vague(const struct function *function, const struct outcomes *all, gil_set entry)
{
        bool acts = false;
        for (int i = 0; i < function->calls.n; i++)
                for (int t = 0; t < function->calls.at[i].to.n; t++)
                        acts |= function->calls.at[i].to.at[t]->parts_lock;
        for (int i = 0; i < all->list.n; i++)
                acts |= all->list.at[i].leaves != entry || all->list.at[i].kind % LOCK_KINDS != LOCK_PLAIN;
        return acts && function->func->blocks.n <= APART_BLOCKS;
}

/* Some of them do something else to the lock than others. */
static bool differ(const struct outcomes *all)
{
        for (int i = 1; i < all->list.n; i++) {
                const struct outcome *one = &all->list.at[0], *other = &all->list.at[i];
                if (one->leaves != other->leaves || one->kind != other->kind ||
                    !spot_equal(&one->at, &other->at))
                        return true;
        }
        return false;
}

static const struct test *next_test(const struct function *function, const struct outcome *outcome, int *at)
{
        while (*at < outcome->facts.n) {
                const struct test *test = &outcome->facts.at[(*at)++];
                sym key = test->of.nsteps ? test->of.steps[test->of.nsteps - 1] : NULL;
                if (!function->lock_keys.list.n || (key && keys_has(&function->lock_keys, key)))
                        return test;
        }
        return NULL;
}

/* Both know the same, as the walk sees it that keeps paths apart. */
static bool same_facts(const struct function *function, const struct outcome *a, const struct outcome *b)
{
        for (int i = 0, j = 0;;) {
                const struct test *one = next_test(function, a, &i), *other = next_test(function, b, &j);
                if (!one || !other)
                        return one == other;
                if (!spot_equal(&one->of, &other->of) || !span_equal(one->span, other->span))
                        return false;
        }
}

/* Exits that know different things become cases of their own. */
static void part_outcomes(const struct function *function, struct outcomes *all)
{
        for (int i = 0; i < all->list.n; i++) {
                int first = 0;
                while (!same_facts(function, &all->list.at[first], &all->list.at[i]))
                        first++;
                all->list.at[i].part += OWN_PARTS * (first + 1);
        }
}

static void add_cases(struct program *program, struct contract *contract, const struct outcomes *all,
                      gil_set entry, bool counts)
{
        for (int i = 0; i < all->list.n; i++) {
                const struct outcome *outcome = &all->list.at[i];
                if (outcome_repeats(all, i))
                        continue;
                struct condition condition = outcome_condition(program->arena, all, outcome);
                struct gil_case c = {
                    .when = condition.when, .nwhen = condition.nwhen, .result = condition.result};
                c.needs = GIL_ANY | GIL_UNKNOWN;
                if (counts)
                        add_depth(program, all, outcome, &c);
                if (entry == GIL_HELD)
                        c.leaves_held = outcome->leaves;
                else
                        c.leaves_released = outcome->leaves;
                c.inferred = true;
                c.opens = outcome->kind / LOCK_KINDS ? outcome->kind / LOCK_KINDS - OPEN_SHIFT : 0;
                c.token_null = outcome->kind % LOCK_KINDS == LOCK_NULL;
                c.has_saves = c.token_null || outcome->kind % LOCK_KINDS == LOCK_SAVES;
                c.has_restores = outcome->kind % LOCK_KINDS == LOCK_RESTORES;
                c.saves = c.restores = outcome->at;
                c.token_null_if_same = true;
                for (int j = i; j < all->list.n; j++)
                        c.unsure |= outcome_same(&all->list.at[j], outcome) && all->list.at[j].unsure;
                c.why = steps_keep(program->arena, outcome->why);
                VEC_PUSH(program->arena, &contract->gil, c);
        }
}

/* The fields that the lock cases of CALLEE ask for, and those of its callees. */
static void take_keys(struct program *program, struct function *function, const struct function *callee)
{
        for (int i = 0; i < callee->contract.gil.n; i++)
                for (int j = 0; j < callee->contract.gil.at[i].nwhen; j++) {
                        const struct spot *of = &callee->contract.gil.at[i].when[j].of;
                        if (of->nsteps > 1)
                                keys_add(program->arena, &function->lock_keys, of->steps[of->nsteps - 1]);
                }
        for (int i = 0; i < callee->lock_keys.list.n; i++)
                keys_add(program->arena, &function->lock_keys, callee->lock_keys.list.at[i]);
}

/* Enters FUNCTION in the state ENTRY. */
static void scan_lock(struct lock_scan *scan, struct program *program, struct function *function,
                      struct arena *arena, const struct live *live, gil_set entry)
{
        struct observer observer = {.data = scan, .call = lock_call, .exit = lock_exit};
        walk_init(scan->walk, program, function, arena, live, FOLLOW_LOCK);
        scan->walk->apart = scan->apart;
        struct state *state = walk_entry(scan->walk);
        state->gil = entry;
        walk_run(scan->walk, state, &observer);
        mend_lost(scan, entry);
        find_nulls(&scan->outcomes, entry);
}

void infer_lock(struct program *program, struct function *function, const struct live *live)
{
        static const gil_set entries[] = {GIL_HELD, GIL_RELEASED};
        struct contract *contract = &function->contract;
        contract->gil.n = 0;
        function->parts_lock = false;
        for (int i = 0; i < function->calls.n; i++)
                for (int t = 0; t < function->calls.at[i].to.n; t++)
                        take_keys(program, function, function->calls.at[i].to.at[t]);
        struct contract fresh = {0};
        for (int i = 0; i < 2; i++) {
                struct arena *arena = arena_new();
                struct walk walk, again;
                struct lock_scan scan = {.walk = &walk}, parted = {.walk = &again, .apart = true};
                scan_lock(&scan, program, function, arena, live, entries[i]);
                if (is_vague(function, &scan.outcomes, entries[i])) {
                        scan_lock(&parted, program, function, arena, live, entries[i]);
                        if (parted.outcomes.list.n <= APART_EXITS && differ(&parted.outcomes)) {
                                part_outcomes(function, &parted.outcomes);
                                scan.outcomes = parted.outcomes;
                                function->parts_lock = true;
                        }
                }
                add_cases(program, &fresh, &scan.outcomes, entries[i], function->lock_counts.list.n);
                if (entries[i] == GIL_HELD)
                        function->refuses_lock = scan.refused;
                else
                        function->resumes = scan.resumed && !scan.otherwise;
                *(i ? &function->jumps_released : &function->jumps_held) = scan.jumps;
                arena_drop(arena);
        }
        contract->gil.at = fresh.gil.at;
        contract->gil.n = fresh.gil.n;
        contract->gil.room = fresh.gil.room;
}
