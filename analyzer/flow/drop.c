/*
 * drop.c: see drop.h. An object that was just made has one reference. Until it is
 * stored, kept or shown to code that may do anything, that one is the last: the
 * call that gives it back runs what its type releases objects with.
 */
#include "flow/drop.h"

#include "flow/call.h"
#include "flow/site.h"

#include <string.h>

enum { PARAMS = 64 };

/* --- how objects of a type end -------------------------------------------------- */

struct ends {
        struct map
            by_type;       /* sym of the variable that describes the type -> struct function *, or `unsure` */
        struct map by_new; /* struct function * that makes its objects -> the same */
        struct function unsure;
};

static void end_add(struct ends *ends, struct map *map, uint64_t key, struct function *dealloc)
{
        void **at = map_at(map, key);
        *at = *at && *at != dealloc ? &ends->unsure : dealloc;
}

/* A type that may bring its objects back to life ends them in no way that is known. */
static void end_read(struct program *program, struct ends *ends, struct arena *arena, struct unit *unit,
                     const struct data *data)
{
        struct type_slots slots = {0};
        struct function *dealloc = NULL, *maker = NULL;
        type_slots(program, arena, unit, data, &slots);
        for (int i = 0; i < slots.list.n; i++) {
                const struct type_slot *slot = &slots.list.at[i];
                struct function *function = slot->value ? program_resolve(program, unit, slot->value) : NULL;
                if (!strcmp(slot->role, "dealloc"))
                        dealloc = function;
                else if (!strcmp(slot->role, "new"))
                        maker = function;
                else if (function && (!strcmp(slot->role, "finalize") || !strcmp(slot->role, "del")))
                        dealloc = &ends->unsure;
                if (dealloc == &ends->unsure)
                        break;
        }
        if (dealloc && !dealloc->recursive)
                end_add(ends, &ends->by_type, MAP_KEY(program_global(program, unit, data->name)), dealloc);
        if (maker)
                end_add(ends, &ends->by_new, MAP_KEY(maker), dealloc ? dealloc : &ends->unsure);
}

struct ends *ends_read(struct program *program, struct arena *arena)
{
        struct ends *ends = NEW(arena, struct ends);
        map_init(&ends->by_type, arena);
        map_init(&ends->by_new, arena);
        for (int u = 0; u < program->units.n; u++)
                for (int d = 0; d < program->units.at[u]->datas.n; d++)
                        end_read(program, ends, arena, program->units.at[u],
                                 program->units.at[u]->datas.at[d]);
        return ends;
}

/* What ends the objects of the type that VALUE is; a maker is given its type or one derived from it, which
 * ends as its base does. */
static struct function *end_of(const struct ends *ends, const struct walk *walk, int value)
{
        const struct value *v = &walk->values.list.at[value];
        struct spot spot;
        struct function *end = NULL;
        if (v->kind == VALUE_GLOBAL)
                end = map_get(&ends->by_type, MAP_KEY(v->name));
        else if (spot_of(walk, value, &spot) && spot.root == 0 && !spot.nsteps)
                end = map_get(&ends->by_new, MAP_KEY(walk->function));
        return end == &ends->unsure ? NULL : end;
}

/* --- who may take a reference ---------------------------------------------------- */

static bool model_counts(const struct model *model, const struct contract *contract)
{
        bool harmless = model && (model->pure || model->reads_object || model->makes_object ||
                                  model->counts_nothing || model->object_allocator);
        return !harmless && !contract->drops && !contract_runs_released(contract);
}

/* The body may take another reference to what it is given as argument I. */
static bool body_counts(const struct function *function, int i)
{
        return i >= function->func->nparams || i >= PARAMS || (function->counts >> i & 1);
}

static bool call_counts(const struct call *call, int arg)
{
        if (call->contract)
                return model_counts(call->model, call->contract);
        bool counts = !call->to.n && !call->known.n;
        for (int i = 0; i < call->known.n; i++)
                counts |= model_counts(call->known.at[i], &call->known.at[i]->contract);
        for (int i = 0; i < call->to.n; i++)
                counts |= body_counts(call->to.at[i], arg);
        return counts;
}

/* Per place: the parameters of which it holds a copy, a bit each. */
static uint64_t *find_copies(const struct func *func, struct arena *arena)
{
        uint64_t *of = NEW_ARRAY(arena, uint64_t, func->places.n + 1);
        for (int i = 0; i < func->nparams && i < PARAMS; i++)
                of[func->vars.at[i].place] = (uint64_t)1 << i;
        for (bool changed = true; changed;) {
                changed = false;
                for (int b = 0; b < func->blocks.n; b++)
                        for (int e = 0; e < func->blocks.at[b].events.n; e++) {
                                const struct event *event = &func->blocks.at[b].events.at[e];
                                if (event->kind != EVENT_ASSIGN || event->src < 0 ||
                                    !(of[event->src] & ~of[event->dst]))
                                        continue;
                                of[event->dst] |= of[event->src];
                                changed = true;
                        }
        }
        for (int i = 0; i < func->places.n; i++) /* its address: anybody may read it there */
                if (func->places.at[i].kind == PLACE_ADDR)
                        of[i] |= of[func->places.at[i].base];
        return of;
}

uint64_t params_counted(const struct function *function)
{
        const struct func *func = function->func;
        uint64_t counts = 0;
        if (func->lost || function->recursive)
                return UINT64_MAX;
        if (!func->nparams || !function->calls.n)
                return 0;
        struct arena *arena = arena_new();
        const uint64_t *of = find_copies(func, arena);
        for (int c = 0; c < function->calls.n; c++) {
                const struct call *call = &function->calls.at[c];
                for (int i = 0; i < call->event->nargs; i++)
                        if (of[call->event->args[i]] & ~counts && call_counts(call, i))
                                counts |= of[call->event->args[i]];
        }
        arena_drop(arena);
        return counts;
}

/* The argument is the block, may be it, or is the address of a variable that holds it. */
static bool shows_block(const struct visit *visit, int arg)
{
        const struct walk *walk = visit->walk;
        struct meeting meeting = {0};
        value_meeting(&walk->values, walk->arena, arg, &meeting);
        for (int i = 0; i < meeting.values.n; i++)
                if (meeting.values.at[i] == walk->subject.value)
                        return true;
        int base = value_base(&walk->values, arg);
        for (int i = 0; value_is_local(&walk->values, arg) && i < visit->state->store.n; i++) {
                const struct held *held = &visit->state->store.at[i];
                if (held->content == walk->subject.value && value_base(&walk->values, held->address) == base)
                        return true;
        }
        return false;
}

bool call_may_count(const struct visit *visit)
{
        if (visit->walk->subject.value < 0 || visit->state->status != BLOCK_OWNED)
                return false;
        for (int i = 0; i < visit->event->nargs; i++) {
                if (!shows_block(visit, visit->args[i]))
                        continue;
                if (visit->only ? body_counts(visit->only, i) : call_counts(visit->call, i))
                        return true;
        }
        return false;
}

/* --- what a walk does where one dies ------------------------------------------------ */

const struct step *drop_told(const struct visit *visit, enum step_kind kind, const struct step *chain,
                             const struct step *because)
{
        const struct walk *walk = visit->walk;
        const char *name = visit_called(visit), *reason = walk_reason(walk, visit->block);
        if (!chain)
                return walk_step(walk, kind, visit->event->at, because,
                                 "'%s' drops the last reference to it%s", name, reason);
        because = walk_step(walk, STEP_CALL, visit->event->at, because,
                            "'%s' drops the last reference, so that '%s' runs%s", name,
                            function_name(visit->drop->by), reason);
        return steps_splice(walk->arena, chain, because);
}

static bool is_doubtful(const struct visit *visit, const struct effect *effect)
{
        bool doubtful = effect->maybe || effect->kind == EFFECT_KEEPS;
        for (int i = 0; i < effect->nwhen; i++)
                if (spot_value(visit, &effect->when[i].of) != visit->walk->subject.value)
                        doubtful |= !tests_certain(visit, &effect->when[i], 1);
        return doubtful;
}

bool drop_doubted(const struct visit *visit, const struct effect *effect)
{
        const struct walk *walk = visit->walk;
        bool consumes =
            effect->kind == EFFECT_TAKES || effect->kind == EFFECT_RESIZES || effect->kind == EFFECT_KEEPS;
        if (!visit->drop || !consumes || !is_doubtful(visit, effect))
                return false;
        int value = spot_value(visit, &effect->at);
        bool here =
            value >= 0 && walk->subject.value >= 0 && value_within(&walk->values, value, walk->subject.value);
        if (here && visit->state->status != BLOCK_FREED && visit->state->status != BLOCK_NONE)
                visit->state->status = BLOCK_ESCAPED;
        return true;
}

/* --- the calls that drop the last one --------------------------------------------- */

struct counting {
        const struct ends *ends;
        const struct subject *subject;
        struct function *end;
        bool unsure; /* not always the same */
        bool *last;  /* per event: the only reference goes there */
        bool *other; /* per event: or something else happens there, on some path of some walk */
        bool any;
};

static int drops_arg(const struct visit *visit)
{
        const struct model *model = visit->event->target < 0 ? visit->call->model : NULL;
        return model && model->contract.drops <= visit->event->nargs ? model->contract.drops - 1 : -1;
}

static void note_maker(struct counting *counting, const struct visit *visit)
{
        struct contracts contracts = {0};
        visit_contracts(visit, visit->walk->arena, &contracts);
        int arg = contracts.list.n == 1 ? contracts.list.at[0]->of_type - 1 : -1;
        struct function *end = arg >= 0 && arg < visit->event->nargs
                                   ? end_of(counting->ends, visit->walk, visit->args[arg])
                                   : NULL;
        counting->unsure |= !end || (counting->end && counting->end != end);
        counting->end = end;
}

static void note_call(void *data, const struct visit *visit)
{
        struct counting *counting = data;
        const struct walk *walk = visit->walk;
        const struct state *state = visit->state;
        int arg = drops_arg(visit), subject = walk->subject.value;
        if (visit->number == counting->subject->event)
                note_maker(counting, visit);
        if (arg < 0)
                return;
        int value = visit->args[arg];
        if (span_is_zero(state_span(state, &walk->values, value)))
                return; /* nothing is dropped */
        bool last = value == subject && subject >= 0 && state->status == BLOCK_OWNED && !state->stored &&
                    !state->lost;
        counting->last[visit->number] |= last;
        counting->other[visit->number] |= !last;
        counting->any |= last;
}

/* The object goes, and what its type does to what it owns. */
static const struct drop *drop_new(struct arena *arena, const struct counting *counting)
{
        struct drop *drop = NEW(arena, struct drop);
        struct contract *contract = NEW(arena, struct contract);
        const struct contract *end = &counting->end->contract;
        contract->name = end->name;
        contract->inferred = end->inferred;
        struct effect gone = {.kind = EFFECT_TAKES, .family = counting->subject->family, .result = SPAN_ALL};
        VEC_PUSH(arena, &contract->effects, gone);
        for (int i = 0; i < end->effects.n; i++) {
                const struct effect *effect = &end->effects.at[i];
                if (effect->at.root == 0 && effect->at.nsteps)
                        VEC_PUSH(arena, &contract->effects, *effect);
        }
        drop->by = counting->end;
        drop->contract = contract;
        return drop;
}

static int count_events(const struct func *func)
{
        int events = 0;
        for (int b = 0; b < func->blocks.n; b++)
                events += func->blocks.at[b].events.n;
        return events;
}

static int count_one(struct program *program, struct function *function, const struct live *live,
                     struct counting *counting)
{
        struct arena *arena = arena_new();
        struct observer observer = {.data = counting, .call = note_call};
        struct walk walk;
        struct state *entry;
        walk_subject(&walk, program, function, arena, live, counting->subject, &entry);
        walk.counts = true;
        walk_run(&walk, entry, &observer);
        counting->unsure |= walk.overrun;
        arena_drop(arena);
        return walk.passes;
}

static bool may_drop(const struct function *function)
{
        for (int i = 0; i < function->calls.n; i++)
                if (function->calls.at[i].model && function->calls.at[i].model->contract.drops)
                        return !function->func->uses_setjmp;
        return false;
}

/* One of the contracts of the call that gives it says what type the object has. */
static bool has_type(const struct program *program, const struct function *function,
                     const struct subject *subject, struct arena *arena)
{
        int before = 0;
        for (int b = 0; b < function->func->blocks.n; b++) {
                int next = before + function->func->blocks.at[b].events.n;
                struct contracts contracts = {0};
                if (subject->event <= next) {
                        const struct call *call = function_call(function, b, subject->event - before - 1);
                        if (call)
                                call_contracts(program, call, arena, &contracts);
                        return contracts.list.n && contracts.list.at[0]->of_type;
                }
                before = next;
        }
        return false;
}

const struct drop *const *drops_find(struct program *program, const struct ends *ends,
                                     struct function *function, struct arena *arena, const struct live *live,
                                     const struct subjects *subjects, int *passes)
{
        if (!may_drop(function))
                return NULL;
        int events = count_events(function->func);
        const struct drop **drops = NEW_ARRAY(arena, const struct drop *, events + 1);
        struct counting counting = {.ends = ends, .other = NEW_ARRAY(arena, bool, events + 1)};
        bool any = false;
        for (int s = 0; s < subjects->list.n && *passes < WALK_PASSES; s++) {
                const struct subject *subject = &subjects->list.at[s];
                if (!subject->event || subject->at.root != SPOT_RESULT || subject->at.nsteps ||
                    !has_type(program, function, subject, arena))
                        continue;
                counting.subject = subject;
                counting.end = NULL;
                counting.unsure = counting.any = false;
                counting.last = NEW_ARRAY(arena, bool, events + 1);
                *passes += count_one(program, function, live, &counting);
                if (counting.unsure || !counting.any || !counting.end)
                        continue;
                const struct drop *drop = drop_new(arena, &counting);
                for (int e = 0; e <= events; e++)
                        if (counting.last[e])
                                drops[e] = drop;
                any = true;
        }
        for (int e = 0; e <= events; e++)
                if (counting.other[e])
                        drops[e] = NULL;
        return any ? drops : NULL;
}
