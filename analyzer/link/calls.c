/*
 * calls.c: who calls whom. Direct calls by name; calls through a pointer by
 * what the tree stores in that field, global or parameter. Then the strongly
 * connected components (Tarjan, 1972), so that callees come before callers.
 */
#include "link/program.h"

#include "base/hash.h"

#include <string.h>

/* The key of the cell a place is, NULL for locals: the field, the global, or the parameter of a function. */
static sym cell_key(struct program *program, const struct unit *unit, const struct function *function,
                    const struct func *func, int at)
{
        const struct place *place = &func->places.at[at];
        switch (place->kind) {
        case PLACE_FIELD:
                return place->name;
        case PLACE_GLOBAL:
                return program_global(program, unit, place->name);
        case PLACE_ELEM:
        case PLACE_ADDR:
                return cell_key(program, unit, function, func, place->base);
        case PLACE_DEREF:
                return cell_key(program, unit, function, func, place->base);
        case PLACE_ARITH:
                return cell_key(program, unit, function, func, place->base);
        case PLACE_PARAM:
                return function ? name_printf(program->names, "%d:%s", function->index, place->name) : NULL;
        default:
                return NULL;
        }
}

static struct function *pointee(struct program *program, const struct unit *unit, const struct func *func,
                                int at)
{
        if (at < 0 || func->places.at[at].kind != PLACE_FUNC)
                return NULL;
        return program_resolve(program, unit, func->places.at[at].name);
}

static void cell_add(struct program *program, sym key, struct function *function)
{
        struct cell *cell = program_cell(program, key);
        for (int i = 0; i < cell->functions.n; i++)
                if (cell->functions.at[i] == function)
                        return;
        VEC_PUSH(program->arena, &cell->functions, function);
        program->changed = true;
}

/* The address of a function without a body that a model describes. */
static const struct model *known_pointee(struct program *program, const struct func *func, int at)
{
        return func->places.at[at].kind == PLACE_FUNC ? models_find(program->models, func->places.at[at].name)
                                                      : NULL;
}

static void cell_add_model(struct program *program, sym key, const struct model *model)
{
        struct cell *cell = program_cell(program, key);
        for (int i = 0; i < cell->models.n; i++)
                if (cell->models.at[i] == model)
                        return;
        VEC_PUSH(program->arena, &cell->models, model);
        program->changed = true;
}

/* The cell that a place is, if anything is known to be in it. */
static const struct cell *cell_of(struct program *program, const struct unit *unit,
                                  const struct function *function, const struct func *func, int at)
{
        sym key = cell_key(program, unit, function, func, at);
        return key ? map_get(&program->cells, MAP_KEY(key)) : NULL;
}

/* What the cell of KEY may hold from now on: a function, a described one, or what FROM holds. */
static void fill(struct program *program, sym key, struct function *function, const struct model *model,
                 const struct cell *from)
{
        if (function)
                cell_add(program, key, function);
        if (model)
                cell_add_model(program, key, model);
        for (int i = 0; from && i < from->functions.n; i++)
                cell_add(program, key, from->functions.at[i]);
        for (int i = 0; from && i < from->models.n; i++)
                cell_add_model(program, key, from->models.at[i]);
}

static void hand(struct program *program, struct handed handed)
{
        handed.function->address_taken = true;
        VEC_PUSH(program->arena, &program->handed, handed);
}

/* The key by which models may know where a function is stored: a member of a nameless record is what holds
 * that record. */
static sym slot_key(const struct program *program, const struct func *func, int at, sym key)
{
        const struct place *place = &func->places.at[at];
        if (place->kind != PLACE_FIELD || models_slot(program->models, key))
                return key;
        const struct place *holder = &func->places.at[place->base];
        bool nameless = *place->name == '<' || strstr(place->name, "|<");
        bool known = holder->kind == PLACE_FIELD && models_slot(program->models, holder->name);
        return nameless && known ? holder->name : key;
}

/* An assignment: of a function's address, or of one cell to another. */
static void store(struct program *program, struct function *in, const struct unit *unit,
                  const struct func *func, const struct event *event, bool first)
{
        if (event->dst < 0 || event->src < 0)
                return;
        struct function *function = pointee(program, unit, func, event->src);
        const struct model *model = function ? NULL : known_pointee(program, func, event->src);
        const struct cell *from = function || model ? NULL : cell_of(program, unit, in, func, event->src);
        if (!function && !model && !from)
                return;
        sym key = cell_key(program, unit, in, func, event->dst);
        if (function && first)
                hand(program, (struct handed){function, in, unit, func, program_where(unit, event->at), event,
                                              -1, slot_key(program, func, event->dst, key), NULL, NULL});
        if (!key)
                key = in ? name_printf(program->names, "%d:%s", in->index,
                                       place_text(program->arena, func, event->dst))
                         : NULL;
        if (key)
                fill(program, key, function, model, from);
}

/* What stands at the place AT is parameter I of TO. */
static void fill_param(struct program *program, struct function *in, int at, const struct function *to, int i)
{
        if (i >= to->func->nparams)
                return;
        struct function *function = pointee(program, in->unit, in->func, at);
        const struct model *model = function ? NULL : known_pointee(program, in->func, at);
        const struct cell *from = function || model ? NULL : cell_of(program, in->unit, in, in->func, at);
        if (function || model || from)
                fill(program,
                     name_printf(program->names, "%d:%s", to->index,
                                 to->func->places.at[to->func->vars.at[i].place].name),
                     function, model, from);
}

/* A described function hands some of its arguments on to the functions that it is given. */
static void pass_given(struct program *program, struct function *in, const struct event *event)
{
        const struct model *model = models_find(program->models, event->callee);
        for (int e = 0; model && e < model->contract.effects.n; e++) {
                const struct effect *effect = &model->contract.effects.at[e];
                int root = effect->kind == EFFECT_CALLS ? effect->at.root : -1;
                if (root < 0 || root >= event->nargs || !effect->npassed)
                        continue;
                struct function *one = pointee(program, in->unit, in->func, event->args[root]);
                const struct cell *cell = cell_of(program, in->unit, in, in->func, event->args[root]);
                int n = one ? 1 : cell ? cell->functions.n : 0;
                for (int f = 0; f < n; f++)
                        for (int i = 0; i < effect->npassed; i++) {
                                int arg = effect->passed[i].arg;
                                if (arg >= 0 && arg < event->nargs)
                                        fill_param(program, in, event->args[arg],
                                                   one ? one : cell->functions.at[f], i);
                        }
        }
}

/* The arguments of a direct call into the tree fill its parameters; elsewhere addresses are handed out. */
static void pass(struct program *program, struct function *in, const struct event *event, bool first)
{
        struct function *to = event->callee ? program_resolve(program, in->unit, event->callee) : NULL;
        if (!event->callee && first)
                rows_pass(program, in, event);
        for (int i = 0; i < event->nargs; i++) {
                struct function *function = pointee(program, in->unit, in->func, event->args[i]);
                if (function && first)
                        hand(program, (struct handed){function, in, in->unit, in->func,
                                                      program_where(in->unit, event->at), event, i, NULL,
                                                      event->callee, NULL});
                if (to)
                        fill_param(program, in, event->args[i], to, i);
        }
        if (!to && event->callee)
                pass_given(program, in, event);
}

static void flow_in(struct program *program, struct function *function, bool first)
{
        struct func *func = function->func;
        for (int b = 0; b < func->blocks.n; b++)
                for (int e = 0; e < func->blocks.at[b].events.n; e++) {
                        const struct event *event = &func->blocks.at[b].events.at[e];
                        if (event->kind == EVENT_ASSIGN || event->kind == EVENT_COPY)
                                store(program, function, function->unit, func, event, first);
                        else if (event->kind == EVENT_CALL)
                                pass(program, function, event, first);
                }
}

/* Each round goes the other way: callees mostly stand before their callers, and what is handed down a row of
 * them comes to its end in one round. */
static void flow_pointers(struct program *program, int round)
{
        int n = program->functions.n;
        for (int u = 0; u < program->units.n && !round; u++) {
                struct unit *unit = program->units.at[u];
                for (int d = 0; d < unit->datas.n; d++) {
                        struct func *inits = unit->datas.at[d]->inits;
                        for (int e = 0; e < inits->blocks.at[0].events.n; e++)
                                store(program, NULL, unit, inits, &inits->blocks.at[0].events.at[e], true);
                }
        }
        for (int f = 0; f < n; f++)
                flow_in(program, program->functions.at[round % 2 ? n - 1 - f : f], !round);
}

/* A call gets to each function once; those of one function are resolved one after the other. */
static void reach(struct program *program, struct call *call, struct function *from, struct function *to)
{
        VEC_PUSH(program->arena, &call->to, to);
        if (!to->callers.n || to->callers.at[to->callers.n - 1] != from)
                VEC_PUSH(program->arena, &to->callers, from);
}

static const struct model *model_of(const struct program *program, const struct event *event)
{
        const struct model *model = models_find(program->models, event->callee);
        return model || !event->via ? model : models_find(program->models, event->via);
}

/* What is believed of a callee without a body and a line: by the header that declares it. */
static const struct model *model_by_header(const struct program *program, const struct event *event)
{
        const struct decl *decl = map_get(&program->decls, MAP_KEY(event->callee));
        const struct model *model =
            models_default(program->models, event->callee, decl ? decl->header : NULL);
        if (model || !event->via)
                return model;
        decl = map_get(&program->decls, MAP_KEY(event->via));
        return models_default(program->models, event->via, decl ? decl->header : NULL);
}

/* A field of a variable that a library defines: what the tree stores in such fields stands in other records.
 */
static bool is_foreign_field(const struct program *program, const struct func *func, int at)
{
        const struct place *place = &func->places.at[at];
        if (place->kind != PLACE_FIELD)
                return false;
        while (place->kind == PLACE_FIELD)
                place = &func->places.at[place->base];
        const struct decl *decl =
            place->kind == PLACE_GLOBAL ? map_get(&program->decls, MAP_KEY(place->name)) : NULL;
        return decl && !decl->is_func && *decl->header == '<';
}

static void resolve_pointer(struct program *program, struct function *function, struct call *call)
{
        const struct func *func = function->func;
        struct function *direct = pointee(program, function->unit, func, call->event->target);
        if (direct) {
                reach(program, call, function, direct);
                return;
        }
        sym key = cell_key(program, function->unit, function, func, call->event->target);
        call->slot = key ? models_slot(program->models, key) : NULL;
        if (!key)
                key = name_printf(program->names, "%d:%s", function->index,
                                  place_text(program->arena, func, call->event->target));
        struct cell *cell = map_get(&program->cells, MAP_KEY(key));
        if (is_foreign_field(program, func, call->event->target))
                cell = NULL;
        call->open = !cell || (!cell->functions.n && !cell->models.n);
        bool described = call->slot && call->slot->contract; /* which type's function it is, is not known */
        for (int i = 0; !described && cell && i < cell->models.n; i++)
                VEC_PUSH(program->arena, &call->known, cell->models.at[i]);
        for (int i = 0; cell && i < cell->functions.n; i++)
                reach(program, call, function, cell->functions.at[i]);
}

/* The functions among the arguments that the callee runs on other arguments, or on those of a format. */
static void find_given(struct program *program, struct function *function, struct call *call)
{
        const struct event *event = call->event;
        call->described = call->contract;
        for (int i = 0; i < call->contract->effects.n; i++) {
                const struct effect *effect = &call->contract->effects.at[i];
                if (effect->kind != EFFECT_CALLS || effect->time != CALL_DURING || !effect->npassed ||
                    effect->at.nsteps || effect->at.root < 0 || effect->at.root >= event->nargs)
                        continue;
                int place = event->args[effect->at.root];
                struct given given = {.calls = effect};
                given.function = pointee(program, function->unit, function->func, place);
                const struct model *model =
                    given.function ? NULL : known_pointee(program, function->func, place);
                given.contract = given.function ? &given.function->contract : model ? &model->contract : NULL;
                if (given.contract)
                        VEC_PUSH(program->arena, &call->given, given);
        }
}

static void resolve(struct program *program, struct function *function, int block, int index)
{
        const struct event *event = &function->func->blocks.at[block].events.at[index];
        struct call call = {.event = event, .block = block, .index = index, .name = event->callee};
        if (event->callee) {
                /* A model speaks of the function everybody knows by that name, not of a private one. */
                struct function *own = program_resolve(program, function->unit, event->callee);
                call.model = own && own->func->is_static ? NULL : model_of(program, event);
                struct function *to =
                    call.model ? NULL : program_resolve(program, function->unit, event->callee);
                if (!to && !call.model && event->via)
                        to = program_resolve(program, function->unit, event->via);
                if (to)
                        reach(program, &call, function, to);
                call.open = !to;
                if (!to && !call.model)
                        call.model = model_by_header(program, event);
                if (call.model) {
                        call.contract = contract_named(program, function, event,
                                                       contract_formatted(program, function, &call));
                        find_given(program, function, &call);
                }
        } else {
                resolve_pointer(program, function, &call);
        }
        VEC_PUSH(program->arena, &function->calls, call);
}

struct tarjan {
        struct program *program;
        int *number, *low, *stack, nstack, next;
        bool *on_stack;
};

struct frame {
        int function, call, to;
};

static void component_close(struct tarjan *t, int root)
{
        struct program *program = t->program;
        int component = program->order.n, size = 0, at;
        do {
                at = t->stack[--t->nstack];
                t->on_stack[at] = false;
                struct function *function = program->functions.at[at];
                function->component = component;
                VEC_PUSH(program->arena, &program->order, function);
                size++;
        } while (at != root);
        for (int i = 0; size > 1 && i < size; i++)
                program->order.at[program->order.n - 1 - i]->recursive = true;
}

/* Tarjan's algorithm with its own stack, since call chains may be long. */
static void component_from(struct tarjan *t, int start, struct frame *frames)
{
        int depth = 0;
        frames[0] = (struct frame){start, 0, 0};
        t->number[start] = t->low[start] = ++t->next;
        t->stack[t->nstack++] = start;
        t->on_stack[start] = true;
        while (depth >= 0) {
                struct frame *frame = &frames[depth];
                struct function *function = t->program->functions.at[frame->function];
                if (frame->call == function->calls.n) {
                        if (t->low[frame->function] == t->number[frame->function])
                                component_close(t, frame->function);
                        if (--depth >= 0 && t->low[frame->function] < t->low[frames[depth].function])
                                t->low[frames[depth].function] = t->low[frame->function];
                        continue;
                }
                struct call *call = &function->calls.at[frame->call];
                if (frame->to == call->to.n + call->given.n) {
                        frame->call++;
                        frame->to = 0;
                        continue;
                }
                int next = frame->to++;
                struct function *to =
                    next < call->to.n ? call->to.at[next] : call->given.at[next - call->to.n].function;
                if (!to)
                        continue; /* described, without a body */
                if (to == function)
                        function->recursive = true;
                if (!t->number[to->index]) {
                        t->number[to->index] = t->low[to->index] = ++t->next;
                        t->stack[t->nstack++] = to->index;
                        t->on_stack[to->index] = true;
                        frames[++depth] = (struct frame){to->index, 0, 0};
                } else if (t->on_stack[to->index] && t->number[to->index] < t->low[frame->function]) {
                        t->low[frame->function] = t->number[to->index];
                }
        }
}

static void order(struct program *program)
{
        int n = program->functions.n;
        struct arena *scratch = arena_new();
        struct tarjan t = {.program = program};
        t.number = NEW_ARRAY(scratch, int, n + 1);
        t.low = NEW_ARRAY(scratch, int, n + 1);
        t.stack = NEW_ARRAY(scratch, int, n + 1);
        t.on_stack = NEW_ARRAY(scratch, bool, n + 1);
        struct frame *frames = NEW_ARRAY(scratch, struct frame, n + 1);
        for (int i = 0; i < n; i++)
                if (!t.number[i])
                        component_from(&t, i, frames);
        arena_drop(scratch);
}

const struct call *function_call(const struct function *function, int block, int index)
{
        int low = 0, high = function->calls.n;
        while (low < high) {
                int middle = (low + high) / 2;
                const struct call *call = &function->calls.at[middle];
                if (call->block < block || (call->block == block && call->index < index))
                        low = middle + 1;
                else
                        high = middle;
        }
        const struct call *call = &function->calls.at[low];
        return low < function->calls.n && call->block == block && call->index == index ? call : NULL;
}

void calls_resolve(struct program *program)
{
        /* Sets only grow, so this ends; real programs settle in three rounds. */
        int round = 0;
        map_init(&program->paired, program->arena);
        do {
                program->changed = false;
                flow_pointers(program, round++);
        } while (program->changed);
        functions_pass(program);
        for (int f = 0; f < program->functions.n; f++) {
                struct function *function = program->functions.at[f];
                for (int b = 0; b < function->func->blocks.n; b++)
                        for (int e = 0; e < function->func->blocks.at[b].events.n; e++)
                                if (function->func->blocks.at[b].events.at[e].kind == EVENT_CALL)
                                        resolve(program, function, b, e);
        }
        order(program);
        functions_touch(program);
        functions_jump(program);
}
