/*
 * store_site.c: functions of the tree that are handed to foreign code: passed
 * to an external function, or stored in a record of a foreign header. What
 * happens to them there is asked of the models; where no model speaks, of the
 * lock's state around the calls that get them.
 */
#include "flow/call.h"
#include "flow/context.h"
#include "flow/site.h"

#include <string.h>

enum { DESCENT = 64 }; /* functions that are looked into for a call that needs the lock */

/* Calls of functions of which nothing is known. */
struct unknown_call {
        struct function *in;
        const struct call *call;
};

struct unknown_calls {
        VEC(struct unknown_call) list;
};

struct store_asking {
        struct asking *asking;
        const struct unknown_calls *unknown;
        struct function *target;
        bool looked;                  /* for a call in the target that needs the lock */
        const struct step *needs_why; /* the first call in the target that needs the lock, NULL: none */
        bool needs_unsure;            /* perhaps control does not come there so */
        struct descent *descent;      /* while that is looked for */
        bool unsure;                  /* of the function looked into: how it is entered */
        gil_set state;                /* in which the hand-over happens */
        const struct event *event;    /* of the hand-over that is looked for */
        const struct step *state_why;
        struct map *met; /* struct function * -> states at its calls, of those asked so far */
};

/* --- does a function need the lock when it is entered without? ---------------- */

/* What is entered without the lock in turn: breadth first, so that the shortest way is told. */
struct descent {
        VEC(struct function *) functions;
        VEC(struct context) contexts;
        struct map seen; /* functions of which nothing was known where they are entered */
};

static void descend(struct descent *descent, struct function *to, struct context context)
{
        void **seen = map_at(&descent->seen, MAP_KEY(to));
        if (*seen || !to->minds_lock || descent->functions.n == DESCENT)
                return;
        if (!context.nfacts && !context.napart && !context.given)
                *seen = to;
        VEC_PUSH(descent->seen.arena, &descent->functions, to);
        VEC_PUSH(descent->seen.arena, &descent->contexts, context);
}

static void descend_call(struct store_asking *store, const struct visit *visit)
{
        struct arena *arena = store->asking->program->arena;
        int n;
        struct function *const *targets = visit_targets(visit, &n);
        for (int i = 0; i < n; i++) {
                struct context context = {.gil = GIL_RELEASED, .unsure = visit->state->lost};
                const struct step *step =
                    walk_step(visit->walk, STEP_CALL, visit->event->at, visit->state->gil_why,
                              "'%s' calls '%s'%s", function_name(visit->walk->function),
                              function_name(targets[i]), walk_reason(visit->walk, visit->block));
                context.why = steps_keep(arena, step);
                context_facts(visit, targets[i], &context);
                descend(store->descent, targets[i], context);
        }
}

static void need_call(void *data, const struct visit *visit)
{
        struct store_asking *store = data;
        const struct contract *contract = visit->call->contract;
        if (visit->state->gil != GIL_RELEASED)
                return;
        descend_call(store, visit);
        bool unsure = store->unsure || visit->state->lost;
        if (!contract || (store->needs_why && (unsure || !store->needs_unsure)))
                return;
        gil_set needs = contract->gil.n ? 0 : GIL_ANY;
        for (int i = 0; i < contract->gil.n; i++)
                if (tests_possible(visit, contract->gil.at[i].when, contract->gil.at[i].nwhen))
                        needs |= contract->gil.at[i].needs;
        if (needs & GIL_RELEASED || (visit->call->model && visit->call->model->reads_object))
                return;
        const struct event *event = visit->event;
        const struct step *step =
            walk_step(visit->walk, STEP_FAULT, event->at, visit->state->gil_why, "'%s' needs the GIL",
                      event->spelled ? event->spelled : event->callee);
        store->needs_why = steps_keep(store->asking->program->arena, step);
        store->needs_unsure = unsure;
}

/* Looks for a call that needs the lock in the target and in what it calls without taking the lock first. */
static void find_need(struct store_asking *store)
{
        struct arena *scratch = arena_new();
        struct descent descent = {0};
        map_init(&descent.seen, scratch);
        store->descent = &descent;
        descend(&descent, store->target, (struct context){.gil = GIL_RELEASED});
        for (int i = 0; i < descent.functions.n && (!store->needs_why || store->needs_unsure); i++) {
                struct function *function = descent.functions.at[i];
                struct context context = descent.contexts.at[i];
                store->unsure = context.unsure;
                context_walk(store->asking->program, function, &context, need_call, store);
        }
        arena_drop(scratch);
}

/* --- in which state is it handed over? ----------------------------------------- */

static void state_call(void *data, const struct visit *visit)
{
        struct store_asking *store = data;
        if (visit->event != store->event || visit->state->gil != GIL_RELEASED)
                return;
        const char *name = visit->event->spelled ? visit->event->spelled : visit->event->callee;
        store->state_why =
            steps_keep(store->asking->program->arena,
                       walk_step(visit->walk, STEP_CALL, visit->event->at, visit->state->gil_why,
                                 "'%s' is called here without the GIL", name));
}

/* Adds the states in which IN comes to its call; walks again to tell how it is released there. */
static void find_state(struct store_asking *store, struct function *in, const struct call *call)
{
        void **met = map_at(store->met, MAP_KEY(in));
        if (!*met)
                *met = lock_at_calls(store->asking->program, in, store->met->arena);
        gil_set before = ((const gil_set *)*met)[call - in->calls.at];
        store->event = call->event;
        store->state |= before;
        if (!(before & GIL_RELEASED))
                return;
        for (int c = 0; c < in->contexts.n; c++)
                if (lock_needs_walk(in, in->contexts.at[c]))
                        context_walk(store->asking->program, in, in->contexts.at[c], state_call, store);
}

/* --- the hand-over --------------------------------------------------------------- */

static const struct effect *calls_effect(const struct contract *contract, int arg)
{
        for (int i = 0; i < contract->effects.n; i++)
                if (contract->effects.at[i].kind == EFFECT_CALLS && contract->effects.at[i].at.root == arg)
                        return &contract->effects.at[i];
        return NULL;
}

/* The library that a header belongs to: its folder, or the header itself when it lies among all others. */
static size_t library_length(const char *header)
{
        const char *first = strchr(header, '/'), *last = strrchr(header, '/');
        return first && last != first ? (size_t)(last - header) : strlen(header);
}

static bool same_library(const struct program *program, sym callee, const char *header)
{
        const struct decl *decl = callee ? map_get(&program->decls, MAP_KEY(callee)) : NULL;
        return decl && decl->is_func && library_length(decl->header) == library_length(header) &&
               !strncmp(decl->header, header, library_length(header));
}

/* Which calls are looked for: those of functions by name, or of any function of a library. */
struct wanted {
        const sym *by;
        int nby;
        const char *header;
        sym but;                   /* the function that takes the callback itself */
        const struct function *in; /* in this function alone, NULL: anywhere */
};

static bool is_wanted(const struct program *program, const struct wanted *wanted, sym callee)
{
        for (int i = 0; i < wanted->nby; i++)
                if (callee ? callee == wanted->by[i] : !strcmp(wanted->by[i], "*"))
                        return true;
        return wanted->header && callee && callee != wanted->but &&
               same_library(program, callee, wanted->header);
}

/* True when such a function is called without the lock somewhere in the tree. */
static bool runs_released(struct store_asking *store, const struct wanted *wanted, const struct step **why)
{
        struct program *program = store->asking->program;
        for (int f = 0; f < program->functions.n; f++) {
                struct function *function = program->functions.at[f];
                bool own = function == store->target; /* what it does itself is judged in it */
                bool elsewhere = wanted->in && function != wanted->in;
                if (own || elsewhere || (!function->uses_lock && !(function->entered & GIL_RELEASED)))
                        continue;
                for (int c = 0; c < function->calls.n; c++) {
                        const struct call *call = &function->calls.at[c];
                        const struct event *event = call->event;
                        /* By a pointer of which nothing is known: in the file that made the callback. */
                        bool other = !event->callee && (!call->open || function->unit != store->target->unit);
                        if (other || !is_wanted(program, wanted, event->callee))
                                continue;
                        struct store_asking probe = *store;
                        probe.state = 0;
                        probe.state_why = NULL;
                        find_state(&probe, function, call);
                        *why = probe.state_why;
                        if (probe.state & GIL_RELEASED)
                                return true;
                }
        }
        return false;
}

static void ask_store(struct store_asking *store, const struct handed *handed, enum confidence confidence,
                      const struct step *why)
{
        struct site site = {.models = store->asking->program->models, .arena = store->asking->out->arena};
        if (!store->looked)
                find_need(store);
        store->looked = true;
        if (!store->needs_why)
                return;
        site.at = handed->at;
        site.func = handed->in ? function_name(handed->in) : NULL;
        site.target = function_name(handed->function);
        site.target_needs = true;
        site.target_why = store->needs_why;
        site.key = handed->key;
        site.callee = handed->callee;
        site.called = handed->callee;
        site.run_released = true;
        site.run_here = store->state & GIL_RELEASED;
        site.why = why;
        site.confidence = store->needs_unsure ? CONFIDENCE_MEDIUM : confidence;
        site_ask(store->asking, ON_STORE, &site);
}

static const struct call *call_at(const struct function *in, const struct event *event)
{
        for (int i = 0; in && i < in->calls.n; i++)
                if (in->calls.at[i].event == event)
                        return &in->calls.at[i];
        return NULL;
}

/* The call returns a pointer, which the function keeps or hands on. */
static bool gives_handle(const struct handed *handed, const struct call *call, const struct decl *decl)
{
        const struct func *func = handed->in->func;
        int dst = handed->event->dst;
        sym type = decl ? decl->type : "";
        for (int i = 0; i < func->vars.n; i++)
                if (func->vars.at[i].place == dst)
                        type = func->vars.at[i].type;
        bool pointer =
            memchr(type, '*', strcspn(type, "(")) || (call->contract && call->contract->result_maybe_null);
        return dst >= 0 && pointer;
}

/* Passed to an external function: it may call back at once, or whenever the library runs. */
static void judge_passed(struct store_asking *store, const struct handed *handed)
{
        struct program *program = store->asking->program;
        const struct call *call = call_at(handed->in, handed->event);
        if (!call || program_resolve(program, handed->in->unit, handed->callee))
                return;
        const struct effect *effect = call->contract ? calls_effect(call->contract, handed->arg) : NULL;
        if (handed->origin && !effect)
                return; /* through a helper, to somebody of whom it is not known that he calls it */
        if (effect && (effect->gil == GIL_HELD || effect->gil == GIL_RELEASED || effect->time == CALL_DURING))
                return; /* entered in a state that is known: its calls are judged themselves */
        const struct decl *decl = map_get(&program->decls, MAP_KEY(handed->callee));
        bool opaque = !call->contract || call->contract->opaque;
        if (!effect && !opaque)
                return; /* a described function that calls nothing */
        /* A helper may be called in both states: that of the call counts which names the function. */
        const struct handed *named = handed->origin ? handed->origin : handed;
        const struct call *names = call_at(named->in, named->event);
        if (names)
                find_state(store, named->in, names);
        /* A header of the tree's own declares what the tree does; only of a library nothing else is known. */
        const char *header = decl && *decl->header == '<' ? decl->header : NULL;
        struct wanted wanted = {.header = header, .but = handed->callee};
        if (effect && effect->nby)
                wanted = (struct wanted){.by = effect->by, .nby = effect->nby};
        const struct step *why = store->state_why;
        /* A handle that comes back is what the callback belongs to: which handle is in use there is not
         * known. */
        bool here = store->state & GIL_RELEASED, handle = gives_handle(handed, call, decl);
        if (here || runs_released(store, &wanted, &why))
                ask_store(store, handed, here || !handle ? CONFIDENCE_HIGH : CONFIDENCE_MEDIUM, why);
}

/* The functions by which a library calls what is stored in SLOT's record: what one member is called by, the
 * others may be. */
static bool record_runs(struct store_asking *store, const struct slot *slot, const struct function *in,
                        const struct step **why)
{
        const struct models *models = store->asking->program->models;
        const char *dot = strrchr(slot->key, '.');
        size_t tag = dot ? (size_t)(dot - slot->key) + 1 : strlen(slot->key);
        for (int i = 0; i < models->slots.n; i++) {
                const struct slot *other = &models->slots.at[i];
                struct wanted wanted = {.by = other->by, .nby = other->nby, .in = in};
                if (!strncmp(other->key, slot->key, tag) && runs_released(store, &wanted, why))
                        return true;
        }
        return false;
}

/* The function that passes the record of a hand-over by value: what comes back is a handle, and which handle
 * is in use elsewhere is not known. NULL when the library gets the record itself. */
static const struct function *passed_whole(const struct handed *handed)
{
        const struct function *in = handed->in;
        if (!in)
                return NULL;
        const struct func *func = in->func;
        int record = handed->event->dst;
        while (record >= 0 && func->places.at[record].kind == PLACE_FIELD)
                record = func->places.at[record].base;
        for (int i = 0; i < in->calls.n; i++)
                for (int a = 0; a < in->calls.at[i].event->nargs; a++)
                        if (in->calls.at[i].event->args[a] == record)
                                return in;
        return NULL;
}

/* --- a record that no model knows, given to a function of which nothing is known --- */

/* The variable that a place is a part of, or the address of which it is. */
static int variable_of(const struct func *func, int place)
{
        for (;;) {
                enum place_kind kind = place < 0 ? PLACE_UNKNOWN : func->places.at[place].kind;
                if (kind != PLACE_FIELD && kind != PLACE_ELEM && kind != PLACE_ADDR)
                        return place;
                place = func->places.at[place].base;
        }
}

static bool gets_record(const struct program *program, const struct function *in, const struct event *event,
                        const struct handed *handed, int record)
{
        const struct place *own = &handed->code->places.at[record];
        for (int a = 0; a < event->nargs; a++) {
                int variable = variable_of(in->func, event->args[a]);
                const struct place *given = variable < 0 ? NULL : &in->func->places.at[variable];
                if (!given || given->kind != own->kind)
                        continue;
                if (own->kind == PLACE_GLOBAL ? program_global(program, in->unit, given->name) ==
                                                    program_global(program, handed->unit, own->name)
                                              : in == handed->in && variable == record)
                        return true;
        }
        return false;
}

/* The function is stored in a variable, which an unknown function gets, by value or by its address. */
static void judge_record(struct store_asking *store, const struct handed *handed)
{
        struct program *program = store->asking->program;
        int record =
            handed->unit == handed->function->unit ? variable_of(handed->code, handed->event->dst) : -1;
        for (int i = 0; record >= 0 && i < store->unknown->list.n; i++) {
                const struct unknown_call *unknown = &store->unknown->list.at[i];
                if (!gets_record(program, unknown->in, unknown->call->event, handed, record))
                        continue;
                store->state = 0;
                find_state(store, unknown->in, unknown->call);
                if (!(store->state & GIL_RELEASED))
                        continue;
                struct handed through = *handed;
                through.callee = unknown->call->name;
                through.key = NULL;
                ask_store(store, &through, CONFIDENCE_HIGH, store->state_why);
                return;
        }
}

/* Stored in a record or variable of a library. */
static void judge_stored(struct store_asking *store, const struct handed *handed)
{
        const struct models *models = store->asking->program->models;
        const struct slot *slot = models_slot(models, handed->key);
        const struct step *why = NULL;
        enum confidence confidence = CONFIDENCE_HIGH;
        bool found = false;
        if (slot && (slot->enters == GIL_HELD || slot->enters == GIL_RELEASED))
                return;
        if (!slot) {
                const struct decl *decl =
                    map_get(&store->asking->program->decls,
                            MAP_KEY(name_of(store->asking->program->names, handed->key + 1)));
                if (handed->key[0] != '$' || !decl || decl->is_func || decl->header[0] != '<') {
                        judge_record(store, handed);
                        return;
                }
                found = runs_released(store, &(struct wanted){.header = decl->header}, &why);
        } else {
                const struct function *whole = passed_whole(handed);
                found = record_runs(store, slot, whole, &why);
                if (!found && whole) {
                        found = record_runs(store, slot, NULL, &why);
                        confidence = CONFIDENCE_MEDIUM;
                }
        }
        if (found)
                ask_store(store, handed, confidence, why);
}

/* Handed to somebody outside the tree of whom it is not known in which state he calls. */
static bool is_foreign(const struct program *program, const struct handed *handed)
{
        if (handed->callee)
                return handed->in && !program_resolve(program, handed->in->unit, handed->callee);
        const struct slot *slot = handed->key ? models_slot(program->models, handed->key) : NULL;
        if (slot)
                return slot->enters != GIL_HELD && slot->enters != GIL_RELEASED;
        return handed->key != NULL;
}

static void find_unknown(struct unknown_calls *unknown, const struct program *program, struct arena *arena)
{
        for (int f = 0; f < program->functions.n; f++) {
                struct function *in = program->functions.at[f];
                for (int c = 0; c < in->calls.n; c++) {
                        const struct call *call = &in->calls.at[c];
                        if (call->name && call->open && !call->to.n && !call->contract)
                                VEC_PUSH(arena, &unknown->list, (struct unknown_call){in, call});
                }
        }
}

void store_sites(struct asking *asking)
{
        struct program *program = asking->program;
        struct arena *arena = arena_new();
        struct unknown_calls unknown = {0};
        struct map met;
        map_init(&met, arena);
        find_unknown(&unknown, program, arena);
        for (int i = 0; i < program->handed.n + program->passed.n; i++) {
                const struct handed *handed = i < program->handed.n
                                                  ? &program->handed.at[i]
                                                  : &program->passed.at[i - program->handed.n];
                if (handed->function->contexts.n && handed->function->contexts.at[0]->gil == GIL_RELEASED)
                        continue; /* judged at its own calls */
                struct store_asking store = {
                    .asking = asking, .unknown = &unknown, .target = handed->function, .met = &met};
                if (!is_foreign(program, handed) || !handed->function->minds_lock)
                        continue;
                if (handed->callee)
                        judge_passed(&store, handed);
                else
                        judge_stored(&store, handed);
        }
        arena_drop(arena);
}
