/*
 * infer.c: the contract of one function with a body. Comes in: a linked program
 * whose callees have theirs, and the models; goes out: function->contract, and
 * what it stores in cells, as a log. Judges nothing.
 */
#include "flow/call.h"
#include "flow/elements.h"
#include "flow/flags.h"
#include "flow/infer.h"
#include "flow/infer_cell.h"
#include "flow/infer_mixed.h"
#include "flow/outcome.h"

#include <string.h>

enum { SUBJECTS = 64, KEPT_APART = 48 };

/* --- memory: the walk that follows nothing -------------------------------- */

/* Memory that nobody may release, stored where the program as a whole may read it. */
struct stay {
        int address, content;
        sym key;
        struct lodger lodger;
};

struct memory_scan {
        struct program *program;
        struct function *function;
        struct subjects subjects;
        struct outcomes results; /* one per exit: the returned value */
        struct left left;
        struct contract *contract;
        struct map kept;             /* values that are known to be kept */
        VEC(struct stay) stays;      /* literals and the like that it stored */
        struct subjects params;      /* of the values kept: pointers that the function is given */
        struct mixed mixed;          /* fields that get one of several blocks */
        struct map shown;            /* values that are known to be left where callers find them */
        struct map leaving;          /* events that gave such a value */
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

static void keeps(struct memory_scan *scan, struct walk *walk, int value)
{
        struct spot spot;
        void **told = map_at(&scan->kept, (uint64_t)value + 1);
        if (*told)
                return;
        *told = scan;
        if (!scan->contract || !spot_of(walk, value_base(&walk->values, value), &spot))
                return;
        if (is_pointer_param(scan->function->func, &spot)) {
                VEC_PUSH(scan->arena, &scan->params.list, (struct subject){.at = spot});
                return;
        }
        if (scan->contract->effects.n >= KEPT_APART) /* so many that the whole argument is said to be kept */
                spot.nsteps = 0;
        contract_add(scan->program, scan->contract,
                     (struct effect){.kind = EFFECT_KEEPS, .at = spot, .result = SPAN_ALL});
}

/* A value is released or kept: where it comes from at entry, on each of the paths that meet in it. */
static void scan_consumed(struct memory_scan *scan, struct walk *walk, int value, bool kept)
{
        struct meeting meeting = {0};
        value_meeting(&walk->values, walk->arena, value, &meeting);
        sym link = kept ? NULL : cell_link(scan->program, walk, &meeting);
        for (int i = 0; i < meeting.values.n; i++) {
                struct spot spot;
                int part = meeting.values.at[i];
                const struct value *v = &walk->values.list.at[part];
                bool fixed = v->kind == VALUE_STRING || v->kind == VALUE_VAR || v->kind == VALUE_GLOBAL;
                if (spot_of(walk, part, &spot)) {
                        if (kept)
                                keeps(scan, walk, part);
                        else
                                add_subject(scan, (struct subject){.value = part, .link = link});
                } else if (fixed && i && !kept) {
                        add_subject(scan, (struct subject){.value = part, .is_fixed = true, .fixed = *v});
                }
        }
}

/* A parameter is stored in a field of something that callers have no name for: they know where, by its key.
 */
static void stays_in(struct memory_scan *scan, const struct walk *walk, int address, int content, sym key)
{
        struct spot place, spot;
        bool named = address >= 0 && spot_of_address(walk, address, &place) && place.root != SPOT_GLOBAL;
        if (named || !scan->contract || !spot_of(walk, content, &spot) ||
            scan->contract->effects.n >= KEPT_APART)
                return;
        contract_add(scan->program, scan->contract,
                     (struct effect){.kind = EFFECT_KEEPS, .at = spot, .result = SPAN_ALL, .link = key});
}

/* A callee stores VALUE in the field KEY, of something that has no name here. */
static void stored_for_us(struct memory_scan *scan, const struct visit *visit, int value, sym key)
{
        const struct step *why = NULL;
        struct spot spot;
        families set = families_of_value(visit->walk, visit->state, value, &why);
        if (spot_of(visit->walk, value, &spot) && spot.root >= 0 && !spot.nsteps &&
            scan->function->callers.n) {
                stays_in(scan, visit->walk, -1, value, key);
                set &= ~FAMILY_UNKNOWN;
        }
        cell_write(scan->program, visit, -1, -1, key, set, why);
}

static void scan_effect(struct memory_scan *scan, const struct visit *visit, const struct effect *effect)
{
        struct walk *walk = visit->walk;
        /* What a model says is lent is judged where it is released; a walk only follows it out, and on. */
        bool lent = effect->kind == EFFECT_BORROWS && (scan->contract || effect->why);
        lent &= scan->subjects.list.n < SUBJECTS / 2; /* what is owned comes first */
        if (effect->kind == EFFECT_GIVES || lent) {
                add_subject(scan, (struct subject){.event = visit->number,
                                                   .at = effect->at,
                                                   .value = -1,
                                                   .family = effect->family});
                return;
        }
        if (effect->kind != EFFECT_TAKES && effect->kind != EFFECT_RESIZES && effect->kind != EFFECT_KEEPS)
                return;
        int value = spot_value(visit, &effect->at);
        if (value >= 0 && scan->fill_cells && effect->kind != EFFECT_KEEPS)
                elements_released(walk, value);
        bool note = effect->kind == EFFECT_KEEPS && effect->link;
        if (value >= 0 && scan->fill_cells && note)
                stored_for_us(scan, visit, value, effect->link);
        if (value >= 0 && !note)
                scan_consumed(scan, walk, value_base(&walk->values, value), effect->kind == EFFECT_KEEPS);
}

static void scan_call(void *data, const struct visit *visit)
{
        struct memory_scan *scan = data;
        struct contracts contracts = {0};
        visit_contracts(visit, scan->arena, &contracts);
        bool many = contracts.list.n > TARGETS_TOLD_APART;
        if (scan->fill_cells && !many)
                elements_called(visit);
        if (many)
                contracts.list.n = 0;
        for (int j = 0; many && j < visit->event->nargs; j++)
                if (j >= 64 || (visit->call->kept >> j & 1))
                        scan_consumed(scan, visit->walk, value_base(&visit->walk->values, visit->args[j]),
                                      true);
        for (int i = 0; i < contracts.list.n; i++) {
                const struct contract *contract = contracts.list.at[i];
                for (int j = 0; j < contract->effects.n; j++)
                        scan_effect(scan, visit, &contract->effects.at[j]);
                for (int j = 0; contract->opaque && j < visit->event->nargs; j++)
                        scan_consumed(scan, visit->walk, value_base(&visit->walk->values, visit->args[j]),
                                      true);
        }
}

/* What CONTENT is, if nobody may release it: a literal, a variable, what a call has lent. */
static bool lodger_of(struct walk *walk, int content, sym key, struct range at, struct lodger *out)
{
        const struct value *v = &walk->values.list.at[content];
        const struct origin *origin = map_get(&walk->origins, (uint64_t)content + 1);
        bool lent =
            origin && families_unowned(walk->program->models, origin->family) && origin->call->event->callee;
        if (!lent && v->kind != VALUE_STRING && v->kind != VALUE_GLOBAL)
                return false;
        out->kind = lent ? LODGER_LENT : v->kind == VALUE_STRING ? LODGER_LITERAL : LODGER_VARIABLE;
        out->name = lent ? origin->call->event->callee : v->name;
        out->why = walk_step(walk, STEP_STORE, at, lent ? origin->why : NULL, "%s stored in '%s'",
                             lent                      ? "it is"
                             : v->kind == VALUE_STRING ? "a string literal is"
                                                       : "a variable's address is",
                             cell_text(key));
        return true;
}

static void note_stay(struct memory_scan *scan, const struct visit *visit, int address, int content, sym key)
{
        struct stay stay = {.address = address, .content = content, .key = key};
        if (!value_is_local(&visit->walk->values, address) &&
            lodger_of(visit->walk, content, key, visit->event->at, &stay.lodger))
                VEC_PUSH(scan->arena, &scan->stays, stay);
}

/* It still stands there where the function ends: the program will find it. */
static void settle_stay(struct memory_scan *scan, const struct stay *stay)
{
        struct cell_log *log = scan->program->log;
        struct lodging lodging = {stay->key, stay->lodger};
        for (int i = 0; i < log->lodgings.n; i++)
                if (log->lodgings.at[i].key == stay->key &&
                    lodger_same(&log->lodgings.at[i].lodger, &lodging.lodger))
                        return;
        lodging.lodger.why = steps_keep(scan->program->arena, stay->lodger.why);
        VEC_PUSH(scan->program->arena, &log->lodgings, lodging);
}

static void settle_stays(struct memory_scan *scan, struct walk *walk, const struct state *state)
{
        for (int i = 0; i < scan->stays.n; i++) {
                struct meeting meeting = {0};
                int now = state_peek(state, scan->stays.at[i].address);
                if (now < 0)
                        continue;
                value_meeting(&walk->values, walk->arena, now, &meeting);
                for (int j = 0; j < meeting.values.n; j++)
                        if (meeting.values.at[j] == scan->stays.at[i].content)
                                settle_stay(scan, &scan->stays.at[i]);
        }
}

static void scan_store(void *data, const struct visit *visit, int address, int old, int content)
{
        struct memory_scan *scan = data;
        struct walk *walk = visit->walk;
        (void)old;
        if (scan->fill_cells) {
                cell_write_element(scan->program, visit, address, content);
                flags_late(visit, address, content);
        }
        if (value_is_local(&walk->values, address)) {
                bool record = walk->values.list.at[address].kind == VALUE_FIELD;
                if (!record)
                        return;
        } else {
                scan_consumed(scan, walk, value_base(&walk->values, content), true);
        }
        sym key = value_cell(&walk->values, scan->program->names, address);
        if (!key || !scan->fill_cells || cell_of_callee(visit, key))
                return;
        note_stay(scan, visit, address, content, key);
        const struct step *why = NULL;
        families set = families_of_value(walk, visit->state, content, &why);
        struct spot spot;
        bool callers_tell =
            spot_of(walk, content, &spot) && spot.root >= 0 && !spot.nsteps && scan->function->callers.n;
        if (callers_tell)
                set &= ~FAMILY_UNKNOWN; /* the caller's contract brings it to the caller's own store */
        if (callers_tell)
                stays_in(scan, walk, address, content, key);
        if (!mixed_note(scan->arena, &scan->mixed, key, set, why))
                cell_write(scan->program, visit, address, content, key, set, why);
}

/* Callers find VALUE where the function ends: the events that gave what it may be. */
static void scan_shown(struct memory_scan *scan, const struct walk *walk, int value)
{
        struct meeting meeting = {0};
        void **told = map_at(&scan->shown, (uint64_t)value + 1);
        if (*told)
                return;
        *told = scan;
        value_meeting(&walk->values, walk->arena, value, &meeting);
        for (int i = 0; i < meeting.values.n; i++) {
                const struct value *v = &walk->values.list.at[meeting.values.at[i]];
                if (v->kind == VALUE_RESULT || v->kind == VALUE_OUT)
                        *map_at(&scan->leaving, (uint64_t)v->a + 1) = scan;
        }
}

/* What the function leaves behind its parameters, and what it returns of what it was given. */
static void scan_exit(void *data, struct walk *walk, struct state *state, int value, struct loc at, int block)
{
        struct memory_scan *scan = data;
        (void)at;
        (void)block;
        outcome_add(&scan->results, walk, state, value)->kind = value;
        settle_stays(scan, walk, state);
        if (scan->fill_cells && value >= 0)
                elements_returned(walk, value);
        if (!scan->contract)
                return;
        left_note(&scan->left, walk, state, value);
        if (value >= 0)
                scan_shown(scan, walk, value);
        for (int i = 0; i < state->store.n; i++)
                if (!value_is_local(&walk->values, state->store.at[i].address))
                        scan_shown(scan, walk, state->store.at[i].content);
}

static void scan_memory(struct memory_scan *scan, struct walk *walk, const struct live *live)
{
        struct observer observer = {scan, scan_call, NULL, NULL, scan_store, scan_exit};
        walk_init(walk, scan->program, scan->function, scan->arena, live, FOLLOW_NOTHING);
        walk->apart = scan->function->parts_lock && !scan->function->uses_memory;
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
        map_init(&scan.kept, arena);
        struct walk walk;
        struct observer observer = {.data = &scan, .call = scan_both};
        walk_init(&walk, program, function, arena, live, FOLLOW_NOTHING);
        walk_run(&walk, walk_entry(&walk), &observer);
        name_subjects(&scan, &walk);
        for (int i = 0; i < scan.subjects.list.n; i++)
                VEC_PUSH(arena, &out->list, scan.subjects.list.at[i]);
}

/* Some path releases the argument: a walk follows it for that. */
static bool is_released(const struct memory_scan *scan, const struct spot *at)
{
        for (int i = 0; i < scan->subjects.list.n; i++)
                if (!scan->subjects.list.at[i].event && !scan->subjects.list.at[i].is_fixed &&
                    spot_equal(&scan->subjects.list.at[i].at, at))
                        return true;
        return false;
}

/* The result alone tells a caller whether the argument was kept. */
static bool is_kept_by_result(const struct contract *contract, const struct spot *at)
{
        for (int i = 0; i < contract->effects.n; i++) {
                const struct effect *effect = &contract->effects.at[i];
                if (effect->kind == EFFECT_KEEPS && spot_equal(&effect->at, at))
                        return !effect->nwhen && !effect->maybe;
        }
        return false;
}

/* Arguments that are stored or passed on: always, or, where the result tells, on the paths that do it. The
 * passes that it took. */
static int infer_params(struct program *program, const struct live *live, struct memory_scan *scan)
{
        int passes = 0;
        bool apart = outcomes_differ(&scan->results);
        for (int i = 0; i < scan->params.list.n; i++) {
                const struct subject *param = &scan->params.list.at[i];
                struct effect keeps = {.kind = EFFECT_KEEPS, .at = param->at, .result = SPAN_ALL};
                bool released = is_released(scan, &param->at);
                if (apart && !released && passes < WALK_PASSES)
                        passes += infer_block(program, scan->function, live, param, scan->contract);
                if (!apart || released || !is_kept_by_result(scan->contract, &param->at))
                        contract_add(program, scan->contract, keeps);
        }
        return passes;
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
        map_init(&scan.kept, arena);
        map_init(&scan.shown, arena);
        map_init(&scan.leaving, arena);
        scan.fill_cells = !function->assumed;
        scan_memory(&scan, &walk, live);
        left_infer(program, &fresh, &scan.left);
        infer_result(program, &fresh, &scan.results, &walk);
        name_subjects(&scan, &walk);
        /* Where blocks go is asked by callers alone; a function that only others call is judged, not
         * described. */
        bool asked = function->callers.n || function->address_taken;
        int passes = asked ? infer_params(program, live, &scan) : 0;
        for (int i = 0; asked && i < scan.subjects.list.n; i++) {
                const struct subject *subject = &scan.subjects.list.at[i];
                if (subject->event && !map_get(&scan.leaving, (uint64_t)subject->event + 1))
                        continue; /* callers never see it */
                if (passes < WALK_PASSES)
                        passes += infer_block(program, function, live, subject, &fresh);
                else if (!subject->event && !subject->is_fixed && subject->at.root >= 0)
                        contract_add(
                            program, &fresh,
                            (struct effect){.kind = EFFECT_KEEPS, .at = subject->at, .result = SPAN_ALL});
        }
        infer_mixed(program, function, live, &scan.subjects, &scan.mixed, passes);
        fresh.inferred = !function->func->lost;
        function->contract = fresh;
        arena_drop(arena);
}

/* --- one function ----------------------------------------------------------- */

/* A function none of whose paths returns. */
static void infer_noreturn(struct function *function)
{
        const struct func *func = function->func;
        bool returns = false;
        for (int b = 0; b < func->blocks.n; b++)
                returns |= func->blocks.at[b].end == END_RETURN;
        function->contract.noreturn = !returns;
}

static void infer_body(struct program *program, struct function *function, bool memory)
{
        struct arena *arena = arena_new();
        const struct live *live = live_new(arena, function->func);
        if (function->uses_lock)
                infer_lock(program, function, live);
        if (memory || function->parts_lock)
                infer_memory(program, function, live);
        arena_drop(arena);
}

void infer_variant(struct program *program, struct function *copy)
{
        struct arena *arena = arena_new();
        infer_memory(program, copy, live_new(arena, copy->func));
        arena_drop(arena);
}

void function_infer(struct program *program, struct function *function)
{
        /* A model speaks of the function everybody knows by that name, not of a private one. */
        const struct model *model =
            function->func->is_static ? NULL : models_find(program->models, function_name(function));
        function->contract.modelled = model != NULL;
        if (model)
                function->contract = model->contract;
        calls_complete(program, function);
        calls_vary(program, function);
        function_classify(program, function);
        function->jumps_held = GIL_HELD;
        function->jumps_released = GIL_RELEASED;
        bool destructor =
            function->address_taken && function->func->nparams == 1; /* perhaps: what does it leave? */
        bool memory = function->uses_memory || destructor || function_hands_through(function);
        if (model)
                return;
        infer_noreturn(function);
        if (function->uses_lock || memory)
                infer_body(program, function, memory);
        infer_reads(program, function);
        if (declared_apply(program, program->arena, function_name(function), &function->contract))
                function->uses_memory = true;
}
