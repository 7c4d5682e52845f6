/*
 * passed.c: functions that reach code outside of the tree through its own: a helper registers what it gets as
 * a parameter, a method what lies in a field. Comes in: cells that are filled; goes out: program->passed.
 * Judges nothing.
 */
#include "link/program.h"

enum { PASSED_APART = 8 };

static sym param_key(struct program *program, const struct function *function, sym name)
{
        return name_printf(program->names, "%d:%s", function->index, name);
}

static void pass_from(struct program *program, const struct handed *handed, const struct handed *origin)
{
        struct handed passed = *handed;
        passed.at = origin ? origin->at : handed->at;
        passed.origin = origin;
        VEC_PUSH(program->arena, &program->passed, passed);
}

/* The helper IN hands its parameter on: the places where somebody names the function in a call of it. */
static bool pass_from_callers(struct program *program, const struct handed *handed, int param)
{
        bool found = false;
        for (int i = 0; param >= 0 && i < program->handed.n; i++) {
                const struct handed *origin = &program->handed.at[i];
                bool here = origin->function == handed->function && origin->arg == param && origin->callee &&
                            origin->in &&
                            program_resolve(program, origin->in->unit, origin->callee) == handed->in;
                if (here)
                        pass_from(program, handed, origin);
                found |= here;
        }
        return found;
}

static void pass_argument(struct program *program, struct function *in, const struct event *event, int arg,
                          struct map *met)
{
        const struct place *place = &in->func->places.at[event->args[arg]];
        bool param = place->kind == PLACE_PARAM;
        if (!param && place->kind != PLACE_FIELD)
                return;
        sym key = param ? param_key(program, in, place->name) : place->name;
        const struct cell *cell = map_get(&program->cells, MAP_KEY(key));
        if (!cell || cell->functions.n > PASSED_APART)
                return;
        void **known = map_at(met, MAP_KEY(name_printf(program->names, "%s %d %s", event->callee, arg, key)));
        struct where at = program_where(in->unit, event->at);
        bool named = false;
        for (int i = 0; i < cell->functions.n && !*known; i++) {
                struct handed handed = {cell->functions.at[i], in,  in->unit, in->func, at, event, arg, NULL,
                                        event->callee,         NULL};
                int index = param ? func_var(in->func, event->args[arg]) : -1;
                if (pass_from_callers(program, &handed, index))
                        named = true;
                else
                        pass_from(program, &handed, NULL);
        }
        *known = *known || named ? in : NULL;
}

void functions_pass(struct program *program)
{
        struct arena *arena = arena_new();
        for (int f = 0; f < program->functions.n; f++) {
                struct function *in = program->functions.at[f];
                struct map met; /* what callers named, given to the same callee before: they are judged, not
                                   the call */
                map_init(&met, arena);
                for (int b = 0; b < in->func->blocks.n; b++)
                        for (int e = 0; e < in->func->blocks.at[b].events.n; e++) {
                                const struct event *event = &in->func->blocks.at[b].events.at[e];
                                bool outside = event->kind == EVENT_CALL && event->callee &&
                                               !program_resolve(program, in->unit, event->callee);
                                for (int i = 0; outside && i < event->nargs; i++)
                                        pass_argument(program, in, event, i, &met);
                        }
        }
        arena_drop(arena);
}

/* --- rows of a table -------------------------------------------------------------- */

/* PLACE is a part of the record ROW. */
static bool lies_in(const struct func *inits, int place, int row)
{
        while (place != row &&
               (inits->places.at[place].kind == PLACE_FIELD || inits->places.at[place].kind == PLACE_ELEM))
                place = inits->places.at[place].base;
        return place == row;
}

static void fill_once(struct program *program, sym key, struct function *function)
{
        struct cell *cell = program_cell(program, key);
        for (int i = 0; i < cell->functions.n; i++)
                if (cell->functions.at[i] == function)
                        return;
        VEC_PUSH(program->arena, &cell->functions, function);
}

/* One row holds the function TO, stored by EVENT, beside ARG's: the one is called with the other. The fields
 * of one record are set one after the other. */
static void pair_row(struct program *program, const struct unit *unit, const struct func *inits,
                     const struct event *event, const struct place *beside, int arg)
{
        const struct block *block = &inits->blocks.at[0];
        struct function *to = program_resolve(program, unit, inits->places.at[event->src].name);
        int row = inits->places.at[event->dst].base, at = (int)(event - block->events.at);
        if (!to || arg >= to->func->nparams)
                return;
        sym param = to->func->places.at[to->func->vars.at[arg].place].name;
        for (int step = -1; step <= 1; step += 2)
                for (int e = at + step; e >= 0 && e < block->events.n; e += step) {
                        const struct event *other = &block->events.at[e];
                        const struct place *dst = &inits->places.at[other->dst],
                                           *src = &inits->places.at[other->src];
                        if (!lies_in(inits, other->dst, row))
                                break;
                        struct function *function = dst->name == beside->name && src->kind == PLACE_FUNC
                                                        ? program_resolve(program, unit, src->name)
                                                        : NULL;
                        if (function)
                                fill_once(program, param_key(program, to, param), function);
                }
}

/* Pairs the functions in the fields TARGET and BESIDE of all rows of the unit's tables. */
static void pair_rows(struct program *program, const struct unit *unit, const struct place *target,
                      const struct place *beside, int arg)
{
        for (int d = 0; d < unit->datas.n; d++) {
                const struct func *inits = unit->datas.at[d]->inits;
                for (int e = 0; e < inits->blocks.at[0].events.n; e++) {
                        const struct event *init = &inits->blocks.at[0].events.at[e];
                        const struct place *dst = &inits->places.at[init->dst];
                        if (dst->kind == PLACE_FIELD && dst->name == target->name &&
                            inits->places.at[init->src].kind == PLACE_FUNC)
                                pair_row(program, unit, inits, init, beside, arg);
                }
        }
}

void rows_pass(struct program *program, const struct function *in, const struct event *event)
{
        const struct func *func = in->func;
        const struct place *target = event->target < 0 ? NULL : &func->places.at[event->target];
        for (int i = 0; target && target->kind == PLACE_FIELD && i < event->nargs; i++) {
                const struct place *beside = &func->places.at[event->args[i]];
                if (beside->kind != PLACE_FIELD || beside->base != target->base)
                        continue;
                sym pair = name_printf(program->names, "%s %s(%d %s)", in->unit->path, target->name, i,
                                       beside->name);
                void **known = map_at(&program->paired, MAP_KEY(pair));
                if (!*known)
                        pair_rows(program, in->unit, target, beside, i);
                *known = program;
        }
}
