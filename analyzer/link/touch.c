/*
 * touch.c: what memory a body changes, and whether a call of it is no more than
 * a value of its arguments. Comes in: resolved calls, callees first; goes out:
 * `writes`, `reads` and `pure` of the functions, and the globals that only they
 * can change. Knows no paths: a change on one of them is a change.
 */
#include "link/keys.h"
#include "link/program.h"

#include <string.h>

enum { PURE_BLOCKS = 12, PURE_PLACES = 60 };

/* --- what it changes --------------------------------------------------------- */

/* The key of what an assignment to DST changes, NULL for what has none. */
static sym changed_key(const struct program *program, const struct function *function, int dst)
{
        const struct func *func = function->func;
        while (dst >= 0 && func->places.at[dst].kind == PLACE_ELEM)
                dst = func->places.at[dst].base;
        if (dst < 0)
                return NULL;
        const struct place *place = &func->places.at[dst];
        if (place->kind == PLACE_GLOBAL)
                return program_global(program, function->unit, place->name);
        return place->kind == PLACE_FIELD ? place->name : NULL;
}

static bool calls_back(const struct contract *contract)
{
        for (int i = 0; i < contract->effects.n; i++)
                if (contract->effects.at[i].kind == EFFECT_CALLS)
                        return true;
        return contract->opaque;
}

/* Whose code runs in a call beside that of the program. */
static void collect_beyond(const struct call *call, struct keys *writes)
{
        const struct model *model = call->model;
        if (model) {
                bool quiet = model->pure || model->lock_api;
                writes->library |= !quiet;
                writes->outside |= !quiet && calls_back(&model->contract);
                return;
        }
        writes->library |= call->open || call->known.n;
        writes->outside |= call->open && !call->known.n;
}

/* Adds what FUNCTION changes, itself or by callees that are done, to WRITES. */
static void collect_writes(struct program *program, struct function *function, struct keys *writes)
{
        const struct func *func = function->func;
        for (int b = 0; b < func->blocks.n; b++)
                for (int e = 0; e < func->blocks.at[b].events.n; e++) {
                        sym key = changed_key(program, function, func->blocks.at[b].events.at[e].dst);
                        if (!key)
                                continue;
                        keys_add(program->arena, writes, key);
                        *map_at(&program->written, MAP_KEY(key)) = (void *)(uintptr_t)key;
                }
        for (int c = 0; c < function->calls.n; c++) {
                collect_beyond(&function->calls.at[c], writes);
                for (int t = 0; t < function->calls.at[c].to.n; t++)
                        keys_add_all(program->arena, writes, &function->calls.at[c].to.at[t]->writes);
        }
        for (int c = 0; c < function->calls.n; c++)
                for (int g = 0; g < function->calls.at[c].given.n; g++)
                        if (function->calls.at[c].given.at[g].function)
                                keys_add_all(program->arena, writes,
                                             &function->calls.at[c].given.at[g].function->writes);
}

/* Functions that call each other in circles change the same. Callees come first. */
static void find_writes(struct program *program)
{
        for (int first = 0, next; first < program->order.n; first = next) {
                struct keys writes = {0};
                int component = program->order.at[first]->component;
                for (next = first;
                     next < program->order.n && program->order.at[next]->component == component;)
                        collect_writes(program, program->order.at[next++], &writes);
                for (int i = first; i < next; i++)
                        program->order.at[i]->writes = writes;
        }
}

/* --- who else can change it? ------------------------------------------------- */

/* The described function that gets it runs it on another thread: not while a call of this one lasts. */
static bool is_elsewhere(const struct model *model, int arg)
{
        for (int i = 0; i < model->contract.effects.n; i++) {
                const struct effect *effect = &model->contract.effects.at[i];
                if (effect->kind == EFFECT_CALLS && effect->at.root == arg)
                        return effect->time == CALL_THREAD;
        }
        return true;
}

/* Code outside may call it while a call of the program lasts; the interpreter's own ways in do not count. */
static void mark_reachable(struct program *program, bool *reachable)
{
        for (int i = 0; i < program->functions.n; i++) {
                const struct function *function = program->functions.at[i];
                reachable[i] = function->exported && !models_entry(program->models, function_name(function));
        }
        for (int i = 0; i < program->handed.n; i++) {
                const struct handed *handed = &program->handed.at[i];
                const struct slot *slot = handed->key ? models_slot(program->models, handed->key) : NULL;
                const struct model *model =
                    handed->callee ? models_find(program->models, handed->callee) : NULL;
                reachable[handed->function->index] |=
                    slot ? slot->nby > 0 : !model || !is_elsewhere(model, handed->arg);
        }
}

static void find_inside(struct program *program)
{
        bool *reachable = NEW_ARRAY(program->arena, bool, program->functions.n + 1);
        map_init(&program->inside, program->arena);
        for (int u = 0; u < program->units.n; u++)
                for (int d = 0; d < program->units.at[u]->datas.n; d++) {
                        const struct data *data = program->units.at[u]->datas.at[d];
                        sym key = program_global(program, program->units.at[u], data->name);
                        if (data->is_static)
                                *map_at(&program->inside, MAP_KEY(key)) = (void *)(uintptr_t)key;
                }
        mark_reachable(program, reachable);
        for (int i = 0; i < program->functions.n; i++) {
                const struct keys *writes = &program->functions.at[i]->writes;
                for (int k = 0; reachable[i] && writes->all && k < program->inside.n; k++)
                        program->inside.entries[k].value = NULL;
                for (int k = 0; reachable[i] && k < writes->list.n; k++)
                        if (map_get(&program->inside, MAP_KEY(writes->list.at[k])))
                                *map_at(&program->inside, MAP_KEY(writes->list.at[k])) = NULL;
        }
}

/* --- is it a value of its arguments? ------------------------------------------- */

/* A place in the storage of the function's own variables. */
static bool is_own(const struct func *func, int place)
{
        while (place >= 0 &&
               (func->places.at[place].kind == PLACE_FIELD || func->places.at[place].kind == PLACE_ELEM))
                place = func->places.at[place].base;
        enum place_kind kind = place < 0 ? PLACE_UNKNOWN : func->places.at[place].kind;
        return kind == PLACE_LOCAL || kind == PLACE_PARAM || kind == PLACE_TEMP;
}

static bool event_is_pure(const struct function *function, int block, int index)
{
        const struct event *event = &function->func->blocks.at[block].events.at[index];
        if (event->dst >= 0 && !is_own(function->func, event->dst))
                return false;
        if (event->kind != EVENT_CALL)
                return event->kind != EVENT_LOST;
        const struct call *call = function_call(function, block, index);
        if (!call || call->open)
                return false;
        if (call->to.n == 1 && !call->known.n && !call->model)
                return call->to.at[0]->pure;
        return !call->to.n && call->model && call->model->pure;
}

static bool is_read_by(const struct event *event, int place)
{
        for (int i = 0; i < event->nargs; i++)
                if (event->args[i] == place)
                        return true;
        return event->src == place || event->target == place;
}

/* What stands behind a pointer without a name for it cannot be followed. */
static bool place_is_named(const struct func *func, int place)
{
        const struct place *p = &func->places.at[place];
        if (p->kind == PLACE_UNKNOWN)
                return false;
        if (p->kind != PLACE_DEREF)
                return true;
        for (int i = 0; i < func->places.n; i++) /* p->f, never *p alone */
                if (func->places.at[i].kind >= PLACE_FIELD &&
                    ((func->places.at[i].base == place && func->places.at[i].kind != PLACE_FIELD) ||
                     ((func->places.at[i].kind == PLACE_ARITH || func->places.at[i].kind == PLACE_ELEM) &&
                      func->places.at[i].index == place)))
                        return false;
        for (int b = 0; b < func->blocks.n; b++) {
                if (func->blocks.at[b].place == place)
                        return false;
                for (int e = 0; e < func->blocks.at[b].events.n; e++)
                        if (is_read_by(&func->blocks.at[b].events.at[e], place))
                                return false;
        }
        return true;
}

static bool collect_reads(struct program *program, struct function *function)
{
        const struct func *func = function->func;
        for (int i = 0; i < func->places.n; i++) {
                const struct place *place = &func->places.at[i];
                bool by_value =
                    place->kind == PLACE_FIELD && func->places.at[place->base].kind == PLACE_PARAM;
                if (by_value || !place_is_named(func, i)) /* of a record passed by value nobody keeps track */
                        return false;
                if (place->kind == PLACE_FIELD && !is_own(func, i))
                        keys_add(program->arena, &function->reads, place->name);
                if (place->kind == PLACE_GLOBAL)
                        keys_add(program->arena, &function->reads,
                                 program_global(program, function->unit, place->name));
        }
        return true;
}

/* Small, without a change of anything, and with nothing but such calls. Callees come first; what is recursive
 * is not. */
static void find_pure(struct program *program, struct function *function)
{
        const struct func *func = function->func;
        if (func->blocks.n > PURE_BLOCKS || func->places.n > PURE_PLACES || func->lost || func->uses_setjmp ||
            function->recursive || !strcmp(func->result, "void"))
                return;
        for (int b = 0; b < func->blocks.n; b++)
                for (int e = 0; e < func->blocks.at[b].events.n; e++)
                        if (!event_is_pure(function, b, e))
                                return;
        if (!collect_reads(program, function))
                return;
        for (int c = 0; c < function->calls.n; c++)
                for (int t = 0; t < function->calls.at[c].to.n; t++)
                        keys_add_all(program->arena, &function->reads,
                                     &function->calls.at[c].to.at[t]->reads);
        function->pure = true;
}

void functions_touch(struct program *program)
{
        map_init(&program->written, program->arena);
        find_writes(program);
        find_inside(program);
        for (int i = 0; i < program->order.n; i++) {
                struct function *function = program->order.at[i];
                for (int c = 0; c < function->calls.n; c++) {
                        collect_beyond(&function->calls.at[c], &function->calls.at[c].writes);
                        for (int t = 0; t < function->calls.at[c].to.n; t++)
                                keys_add_all(program->arena, &function->calls.at[c].writes,
                                             &function->calls.at[c].to.at[t]->writes);
                }
                for (int c = 0; c < function->calls.n; c++)
                        for (int g = 0; g < function->calls.at[c].given.n; g++)
                                if (function->calls.at[c].given.at[g].function)
                                        keys_add_all(program->arena, &function->calls.at[c].writes,
                                                     &function->calls.at[c].given.at[g].function->writes);
                find_pure(program, function);
        }
}
