/*
 * infer.c: contracts of functions with a body. Comes in: a linked program and
 * the models; goes out: function->contract and the cells. Judges nothing.
 */
#include "flow/infer.h"

#include "flow/outcome.h"

#include <string.h>

enum { SUBJECTS = 64, ROUNDS = 2, PHI_DEPTH = 4 };

/* --- memory: the walk that follows nothing -------------------------------- */

struct memory_scan {
        struct program *program;
        struct function *function;
        struct subjects subjects;
        struct outcomes results; /* one per exit: the returned value */
        struct contract *contract;
        const struct observer *also; /* is told of every call too */
        bool fill_cells;
        struct arena *arena;
};

static void add_subject(struct memory_scan *scan, struct subject subject)
{
        for (int i = 0; i < scan->subjects.list.n; i++) {
                const struct subject *other = &scan->subjects.list.at[i];
                if (other->event == subject.event && other->family == subject.family &&
                    spot_equal(&other->at, &subject.at) && (subject.event || other->value == subject.value))
                        return;
        }
        if (scan->subjects.list.n < SUBJECTS)
                VEC_PUSH(scan->arena, &scan->subjects.list, subject);
}

/* The same effect under two conditions: it holds under what both ask for. */
static void widen(struct effect *effect, const struct effect *other)
{
        int kept = 0;
        for (int i = 0; i < effect->nwhen; i++)
                for (int j = 0; j < other->nwhen; j++) {
                        struct test test = effect->when[i];
                        if (!spot_equal(&test.of, &other->when[j].of))
                                continue;
                        test.span = span_hull(test.span, other->when[j].span);
                        if (!span_equal(test.span, SPAN_ALL))
                                effect->when[kept++] = test;
                        break;
                }
        effect->nwhen = kept;
        effect->result = span_hull(effect->result, other->result);
        effect->maybe &= other->maybe;
}

static void add_effect(struct program *program, struct contract *contract, struct effect effect)
{
        for (int i = 0; i < contract->effects.n; i++) {
                struct effect *other = &contract->effects.at[i];
                if (other->kind != effect.kind || !spot_equal(&other->at, &effect.at) ||
                    !spot_equal(&other->from, &effect.from) || other->family != effect.family)
                        continue;
                if (effect.kind == EFFECT_GIVES || effect.kind == EFFECT_TAKES)
                        widen(other, &effect);
                return;
        }
        VEC_PUSH(program->arena, &contract->effects, effect);
}

static void keeps(struct memory_scan *scan, struct walk *walk, int value)
{
        struct spot spot;
        if (scan->contract && spot_of(walk, value_base(&walk->values, value), &spot))
                add_effect(scan->program, scan->contract,
                           (struct effect){.kind = EFFECT_KEEPS, .at = spot, .result = SPAN_ALL});
}

/* A value is released or kept: where it comes from at entry, on each of the paths that meet in it. */
static void scan_consumed(struct memory_scan *scan, struct walk *walk, int value, bool kept, int depth)
{
        struct spot spot;
        const struct value *v = &walk->values.list.at[value];
        if (spot_of(walk, value, &spot)) {
                if (kept)
                        keeps(scan, walk, value);
                else
                        add_subject(scan, (struct subject){.value = value});
        }
        bool fixed = v->kind == VALUE_STRING || v->kind == VALUE_VAR || v->kind == VALUE_GLOBAL;
        if (fixed && depth && !kept)
                add_subject(scan, (struct subject){.value = value, .is_fixed = true, .fixed = *v});
        for (int i = 0; v->kind == VALUE_PHI && depth < PHI_DEPTH && i < v->parts.n; i++)
                scan_consumed(scan, walk, v->parts.at[i], kept, depth + 1);
}

static void scan_effect(struct memory_scan *scan, const struct visit *visit, const struct contract *contract,
                        const struct effect *effect)
{
        struct walk *walk = visit->walk;
        if (effect->kind == EFFECT_GIVES) {
                add_subject(scan, (struct subject){.event = visit->number,
                                                   .at = effect->at,
                                                   .value = -1,
                                                   .family = effect->family});
                return;
        }
        if (effect->kind != EFFECT_TAKES && effect->kind != EFFECT_RESIZES && effect->kind != EFFECT_KEEPS)
                return;
        int value = spot_value(visit, &effect->at);
        if (value >= 0)
                scan_consumed(scan, walk, value_base(&walk->values, value), effect->kind == EFFECT_KEEPS, 0);
        (void)contract;
}

static void scan_call(void *data, const struct visit *visit)
{
        struct memory_scan *scan = data;
        struct contracts contracts = {0};
        visit_contracts(visit, scan->arena, &contracts);
        for (int i = 0; i < contracts.list.n; i++) {
                const struct contract *contract = contracts.list.at[i];
                for (int j = 0; j < contract->effects.n; j++)
                        scan_effect(scan, visit, contract, &contract->effects.at[j]);
                for (int j = 0; contract->opaque && j < visit->event->nargs; j++)
                        scan_consumed(scan, visit->walk, value_base(&visit->walk->values, visit->args[j]),
                                      true, 0);
        }
}

static void cell_write(struct memory_scan *scan, const struct visit *visit, sym key, families set,
                       const struct step *why)
{
        struct program *program = scan->program;
        struct cell *cell = program_cell(program, key);
        if (set & FAMILY_UNKNOWN)
                cell->unknown = true;
        set &= ~FAMILY_UNKNOWN;
        if (!set)
                return;
        if (set & ~cell->gives)
                program->changed = true;
        cell->gives |= set;
        struct range at = visit->event->at;
        const struct step *step = walk_step(visit->walk, STEP_STORE, at, why, "it is stored in '%s'", key);
        struct where where = walk_where(visit->walk, at);
        for (int i = 0; i < cell->writers.n; i++)
                if (cell->writers.at[i]->at.file == where.file &&
                    cell->writers.at[i]->at.line == where.line && cell->written.at[i] == set)
                        return;
        VEC_PUSH(program->arena, &cell->writers, steps_keep(program->arena, step));
        VEC_PUSH(program->arena, &cell->written, set);
}

static void scan_store(void *data, const struct visit *visit, int address, int old, int content)
{
        struct memory_scan *scan = data;
        struct walk *walk = visit->walk;
        (void)old;
        if (value_is_local(&walk->values, address)) {
                bool record = walk->values.list.at[address].kind == VALUE_FIELD;
                if (!record)
                        return;
        } else {
                scan_consumed(scan, walk, value_base(&walk->values, content), true, 0);
        }
        sym key = value_cell(&walk->values, scan->program->names, address);
        if (!key || !scan->fill_cells)
                return;
        const struct step *why = NULL;
        families set = families_of_value(walk, visit->state, content, &why);
        struct spot spot;
        bool callers_tell =
            spot_of(walk, content, &spot) && spot.root >= 0 && !spot.nsteps && scan->function->callers.n;
        if (callers_tell)
                set &= ~FAMILY_UNKNOWN; /* the effect COPIES brings it to the caller's own store */
        cell_write(scan, visit, key, set, why);
}

/* What the function leaves behind its parameters, and what it returns of what it was given. */
static void scan_exit(void *data, struct walk *walk, struct state *state, int value, struct loc at, int block)
{
        struct memory_scan *scan = data;
        (void)at;
        (void)block;
        outcome_add(&scan->results, walk, state, value)->kind = value;
        if (!scan->contract)
                return;
        for (int i = 0; i < state->store.n; i++) {
                const struct held *held = &state->store.at[i];
                struct effect effect = {.result = SPAN_ALL};
                if (value_is_local(&walk->values, held->address) ||
                    !spot_of_address(walk, held->address, &effect.at) || effect.at.root == SPOT_GLOBAL)
                        continue;
                if (held->content == value_content(&walk->values, held->address, 0))
                        continue; /* as it was */
                bool moved = spot_of(walk, held->content, &effect.from);
                if (!moved && map_get(&walk->origins, (uint64_t)held->content + 1))
                        continue; /* a block: the walk that follows it says where it goes */
                effect.kind = moved ? EFFECT_COPIES : EFFECT_FILLS;
                effect.value = state_span(state, &walk->values, held->content);
                add_effect(scan->program, scan->contract, effect);
        }
}

static void scan_memory(struct memory_scan *scan, struct walk *walk, const struct live *live)
{
        struct observer observer = {scan, scan_call, NULL, NULL, scan_store, scan_exit};
        walk_init(walk, scan->program, scan->function, scan->arena, live, FOLLOW_NOTHING);
        walk_run(walk, walk_entry(walk), &observer);
}

/* Turns the values of subjects that exist at entry into spots, which mean the same in every walk. */
static void name_subjects(struct memory_scan *scan, const struct walk *walk)
{
        int kept = 0;
        for (int i = 0; i < scan->subjects.list.n; i++) {
                struct subject *subject = &scan->subjects.list.at[i];
                if (subject->event || subject->is_fixed || spot_of(walk, subject->value, &subject->at))
                        scan->subjects.list.at[kept++] = *subject;
        }
        scan->subjects.list.n = kept;
}

static void scan_both(void *data, const struct visit *visit)
{
        struct memory_scan *scan = data;
        scan_call(data, visit);
        if (scan->also && scan->also->call)
                scan->also->call(scan->also->data, visit);
}

void subjects_find(struct program *program, struct function *function, struct arena *arena,
                   const struct live *live, const struct observer *also, struct subjects *out)
{
        struct memory_scan scan = {.program = program, .function = function, .arena = arena, .also = also};
        struct walk walk;
        struct observer observer = {.data = &scan, .call = scan_both};
        walk_init(&walk, program, function, arena, live, FOLLOW_NOTHING);
        walk_run(&walk, walk_entry(&walk), &observer);
        name_subjects(&scan, &walk);
        for (int i = 0; i < scan.subjects.list.n; i++)
                VEC_PUSH(arena, &out->list, scan.subjects.list.at[i]);
}

/* --- memory: the walks that follow a block -------------------------------- */

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

enum { BLOCK_DOES_NOTHING, BLOCK_RETURNED, BLOCK_PLACED, BLOCK_TAKEN, BLOCK_KEPT, BLOCK_ABSENT };

struct block_scan {
        struct outcomes outcomes;
        bool may_be_null;     /* what is handed out was not tested */
        bool fails_with_null; /* where there is no block, null is returned */
};

/* Where the block is left for the caller to find: in a parameter's target or a global. */
static bool find_placed(struct walk *walk, const struct state *state, struct spot *spot)
{
        for (int i = 0; i < state->store.n; i++) {
                const struct held *held = &state->store.at[i];
                if (held->content == walk->subject.value && !value_is_local(&walk->values, held->address) &&
                    spot_of_address(walk, held->address, spot))
                        return true;
        }
        return false;
}

static void block_exit(void *data, struct walk *walk, struct state *state, int value, struct loc at,
                       int block)
{
        struct block_scan *scan = data;
        struct outcome *outcome = outcome_add(&scan->outcomes, walk, state, value);
        (void)at;
        (void)block;
        outcome->kind = BLOCK_DOES_NOTHING;
        outcome->why = state->why;
        switch (state->status) {
        case BLOCK_OWNED:
                outcome->family = state->family;
                if (value == walk->subject.value && state->stored) {
                        outcome->kind = BLOCK_KEPT; /* its owner is in memory; the caller is only shown it */
                        outcome->family = 0;
                } else if (value == walk->subject.value) {
                        outcome->kind = BLOCK_RETURNED;
                        if (!span_not_zero(state_span(state, &walk->values, value)))
                                scan->may_be_null = true;
                } else if (find_placed(walk, state, &outcome->at)) {
                        outcome->kind = BLOCK_PLACED;
                        if (!span_not_zero(state_span(state, &walk->values, walk->subject.value)))
                                scan->may_be_null = true;
                } else {
                        outcome->family = 0;
                }
                break;
        case BLOCK_FREED:
                outcome->kind = BLOCK_TAKEN;
                outcome->family = state->taken;
                break;
        case BLOCK_ESCAPED:
                outcome->kind = BLOCK_KEPT;
                break;
        case BLOCK_NONE:
                outcome->kind = BLOCK_ABSENT;
                if (state->failed && value >= 0 && span_is_zero(state_span(state, &walk->values, value)))
                        scan->fails_with_null = true; /* the failure is passed on */
                break;
        default:
                break;
        }
}

static void add_block_effects(struct program *program, struct contract *contract,
                              const struct subject *subject, const struct block_scan *scan)
{
        for (int i = 0; i < scan->outcomes.list.n; i++) {
                const struct outcome *outcome = &scan->outcomes.list.at[i];
                if (outcome->kind == BLOCK_DOES_NOTHING || outcome->kind == BLOCK_ABSENT ||
                    outcome_repeats(&scan->outcomes, i))
                        continue;
                struct condition condition = outcome_condition(program->arena, &scan->outcomes, outcome);
                struct effect effect = {.family = outcome->family,
                                        .result = condition.result,
                                        .when = condition.when,
                                        .nwhen = condition.nwhen,
                                        .maybe = condition.maybe};
                effect.why = steps_keep(program->arena, outcome->why);
                effect.at = outcome->at;
                if (outcome->kind == BLOCK_RETURNED) {
                        effect.kind = EFFECT_GIVES;
                        effect.at = (struct spot){.root = SPOT_RESULT};
                        effect.result = SPAN_ALL;
                        effect.maybe = false;
                        contract->result_maybe_null |= scan->may_be_null || scan->fails_with_null;
                } else if (outcome->kind == BLOCK_PLACED) {
                        effect.kind = EFFECT_GIVES;
                        effect.nullable = scan->may_be_null;
                } else if (!subject->event && !subject->is_fixed) {
                        effect.kind = outcome->kind == BLOCK_TAKEN ? EFFECT_TAKES : EFFECT_KEEPS;
                        effect.at = subject->at;
                        if (effect.at.root == SPOT_GLOBAL)
                                continue;
                } else {
                        continue;
                }
                add_effect(program, contract, effect);
        }
}

static void infer_block(struct program *program, struct function *function, const struct live *live,
                        const struct subject *subject, struct contract *contract)
{
        struct arena *arena = arena_new();
        struct walk walk;
        struct state *entry;
        struct block_scan scan = {0};
        struct observer observer = {.data = &scan, .exit = block_exit};
        walk_subject(&walk, program, function, arena, live, subject, &entry);
        walk_run(&walk, entry, &observer);
        add_block_effects(program, contract, subject, &scan);
        arena_drop(arena);
}

/* The span of all results, and which argument it always is. */
static void infer_result(struct program *program, struct contract *contract, struct memory_scan *scan,
                         const struct walk *walk)
{
        struct span hull = SPAN_ALL;
        for (int i = 0; i < scan->results.list.n; i++) {
                struct outcome *outcome = &scan->results.list.at[i];
                hull = i ? span_hull(hull, outcome->result) : outcome->result;
                bool argument = outcome->kind >= 0 && spot_of(walk, outcome->kind, &outcome->from);
                outcome->kind = argument;
        }
        for (int i = 0; i < scan->results.list.n; i++) {
                const struct outcome *outcome = &scan->results.list.at[i];
                if (!outcome->kind || outcome_repeats(&scan->results, i))
                        continue;
                struct condition condition = outcome_condition(program->arena, &scan->results, outcome);
                add_effect(program, contract,
                           (struct effect){.kind = EFFECT_COPIES,
                                           .at = {.root = SPOT_RESULT},
                                           .from = outcome->from,
                                           .result = condition.result,
                                           .when = condition.when,
                                           .nwhen = condition.nwhen,
                                           .maybe = condition.maybe});
        }
        if (span_equal(hull, SPAN_ALL) || !scan->results.list.n)
                return;
        contract->result_never_null = span_not_zero(hull);
        add_effect(program, contract,
                   (struct effect){
                       .kind = EFFECT_FILLS, .at = {.root = SPOT_RESULT}, .result = SPAN_ALL, .value = hull});
}

static void infer_memory(struct program *program, struct function *function, const struct live *live)
{
        struct arena *arena = arena_new();
        struct contract fresh = function->contract;
        fresh.effects.at = NULL;
        fresh.effects.n = fresh.effects.room = 0;
        fresh.result_maybe_null = fresh.result_never_null = false;
        struct memory_scan scan = {
            .program = program, .function = function, .arena = arena, .contract = &fresh};
        struct walk walk;
        scan.fill_cells = true;
        scan_memory(&scan, &walk, live);
        infer_result(program, &fresh, &scan, &walk);
        name_subjects(&scan, &walk);
        /* Where blocks go is asked by callers alone; a function that only others call is judged, not
         * described. */
        bool asked = function->callers.n || function->address_taken;
        for (int i = 0; asked && i < scan.subjects.list.n; i++)
                infer_block(program, function, live, &scan.subjects.list.at[i], &fresh);
        fresh.inferred = !function->func->lost;
        function->contract = fresh;
        arena_drop(arena);
}

/* --- in order -------------------------------------------------------------- */

/* A function none of whose paths returns. */
static void infer_noreturn(struct function *function)
{
        const struct func *func = function->func;
        bool returns = false;
        for (int b = 0; b < func->blocks.n; b++)
                returns |= func->blocks.at[b].end == END_RETURN;
        function->contract.noreturn = !returns;
}

static void infer(struct program *program, struct function *function)
{
        /* A model speaks of the function everybody knows by that name, not of a private one. */
        const struct model *model =
            function->func->is_static ? NULL : models_find(program->models, function_name(function));
        function->contract.modelled = model != NULL;
        if (model)
                function->contract = model->contract;
        function_classify(program, function);
        bool destructor =
            function->address_taken && function->func->nparams == 1; /* perhaps: what does it leave? */
        bool memory = function->uses_memory || destructor || function_hands_through(function);
        if (model || (!function->uses_lock && !memory))
                return;
        infer_noreturn(function);
        struct arena *arena = arena_new();
        const struct live *live = live_new(arena, function->func);
        if (function->uses_lock)
                infer_lock(program, function, live);
        if (memory)
                infer_memory(program, function, live);
        arena_drop(arena);
}

void contracts_infer(struct program *program)
{
        for (int first = 0, next; first < program->order.n; first = next) {
                int component = program->order.at[first]->component;
                for (next = first;
                     next < program->order.n && program->order.at[next]->component == component;)
                        next++;
                int rounds = program->order.at[first]->recursive ? ROUNDS : 1;
                for (int round = 0; round < rounds; round++)
                        for (int i = first; i < next; i++)
                                infer(program, program->order.at[i]);
        }
}
