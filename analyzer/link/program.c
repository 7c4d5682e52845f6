/*
 * program.c: units into one name space per shared object.
 *
 * A tree builds many modules with equal extern names. A name means, in this
 * order: the unit's own static function, an extern one of the same shared
 * object, the only extern one there is, the nearest one by folder. When two
 * are equally near the choice is noted, never made in silence.
 */
#include "link/program.h"

#include "base/hash.h"

#include <string.h>

struct named {
        VEC(struct function *) list;
};

/* The record's tag in a field key "file|tag.member", when the models number members of such records. */
static sym numbered_tag(const struct program *program, sym key)
{
        const char *bar = strrchr(key, '|'), *tag = bar ? bar + 1 : key, *dot = strrchr(tag, '.');
        for (int i = 0; dot && i < program->models->slots.n; i++) {
                sym known = program->models->slots.at[i].idtable;
                if (known && !strncmp(known, tag, (size_t)(dot - tag)) && !known[dot - tag])
                        return known;
        }
        return NULL;
}

/* The fields of one record are set one after the other. */
const struct slot *program_slot_beside(struct program *program, const struct func *code,
                                       const struct event *event)
{
        const struct block *block = &code->blocks.at[0];
        const struct place *places = code->places.at, *own = &places[event->dst];
        sym tag = own->kind == PLACE_FIELD ? numbered_tag(program, own->name) : NULL;
        const struct slot *slot = NULL;
        for (int step = -1; tag && step <= 1; step += 2)
                for (int i = (int)(event - block->events.at) + step; !slot && i >= 0 && i < block->events.n;
                     i += step) {
                        const struct event *other = &block->events.at[i];
                        if (other->dst < 0 || places[other->dst].kind != PLACE_FIELD ||
                            places[other->dst].base != own->base)
                                break;
                        if (other->src >= 0 && places[other->src].kind == PLACE_CONST)
                                slot = models_slot_id(program->models, tag, (int)places[other->src].value);
                }
        return slot;
}

struct where program_where(const struct unit *unit, struct range range)
{
        return (struct where){
            .file = unit->files.at[range.at.file],
            .line = range.at.line,
            .col = range.at.col,
            .end_line = range.end_line,
            .end_col = range.end_col,
        };
}

sym function_name(const struct function *function)
{
        return function->func->name;
}

struct cell *program_cell(struct program *program, sym key)
{
        struct cell **cell = (struct cell **)map_at(&program->cells, MAP_KEY(key));
        if (!*cell) {
                *cell = NEW(program->arena, struct cell);
                (*cell)->key = key;
        }
        return *cell;
}

static void put_note(struct program *program, const struct cell_note *note)
{
        struct cell *cell = program_cell(program, note->key);
        cell->unknown |= note->unknown;
        if (!note->set)
                return;
        program->changed |= (note->set & ~cell->gives) != 0;
        cell->gives |= note->set;
        for (int i = 0; i < cell->writers.n; i++)
                if (cell->writers.at[i]->at.file == note->why->at.file &&
                    cell->writers.at[i]->at.line == note->why->at.line && cell->written.at[i] == note->set)
                        return;
        VEC_PUSH(program->arena, &cell->writers, note->why);
        VEC_PUSH(program->arena, &cell->written, note->set);
        VEC_PUSH(program->arena, &cell->renewed, note->renewed);
        cell->begun |= !note->renewed;
        VEC_PUSH(program->arena, &cell->when, note->when);
}

static void put_flow(struct program *program, const struct cell_flow *flow)
{
        struct cell *from = program_cell(program, flow->from), *to = program_cell(program, flow->to);
        for (int i = 0; i < from->to.n; i++)
                if (from->to.at[i] == to)
                        return;
        if (from == to)
                return;
        if (!from->to.n)
                VEC_PUSH(program->arena, &program->flowing, from);
        VEC_PUSH(program->arena, &from->to, to);
}

static void put_lodging(struct program *program, const struct lodging *lodging)
{
        struct cell *cell = program_cell(program, lodging->key);
        const struct lodger *lodger = &lodging->lodger;
        for (int i = 0; i < cell->fixed.n; i++)
                if (lodger_same(&cell->fixed.at[i], lodger))
                        return;
        VEC_PUSH(program->arena, &cell->fixed, *lodger);
}

void cells_put(struct program *program, const struct cell_log *log)
{
        for (int i = 0; i < log->list.n; i++)
                put_note(program, &log->list.at[i]);
        for (int i = 0; i < log->lodgings.n; i++)
                put_lodging(program, &log->lodgings.at[i]);
        for (int i = 0; i < log->asked.n; i++)
                program_cell(program, log->asked.at[i]);
        for (int i = 0; i < log->flows.n; i++)
                put_flow(program, &log->flows.at[i]);
}

/* Number of leading path components that two files share. */
static int nearness(const char *a, const char *b)
{
        int shared = 0;
        for (; *a && *a == *b; a++, b++)
                shared += *a == '/';
        return shared;
}

static struct function *nearest(const struct named *named, const struct unit *unit)
{
        struct function *best = NULL;
        int near = -1;
        for (int i = 0; i < named->list.n; i++) {
                struct function *function = named->list.at[i];
                bool same = *unit->object && function->unit->object == unit->object;
                int score = nearness(function->unit->path, unit->path) + (same ? 1000 : 0) +
                            (function->unit == unit ? 2000 : 0);
                if (score > near) {
                        near = score;
                        best = function;
                }
        }
        return best;
}

static uint64_t static_key(const struct unit *unit, sym name)
{
        return hash_pair(MAP_KEY(unit), MAP_KEY(name));
}

struct function *program_resolve(const struct program *program, const struct unit *unit, sym name)
{
        struct function *own = map_get(&program->by_name, static_key(unit, name));
        if (own)
                return own;
        const struct named *named = map_get(&program->by_name, MAP_KEY(name));
        return named ? nearest(named, unit) : NULL;
}

static void add_named(struct program *program, struct function *function)
{
        struct named **named = (struct named **)map_at(&program->by_name, MAP_KEY(function->func->name));
        if (!*named)
                *named = NEW(program->arena, struct named);
        for (int i = 0; i < (*named)->list.n; i++) {
                struct function *other = (*named)->list.at[i];
                if (*function->unit->object && other->unit->object == function->unit->object)
                        VEC_PUSH(program->arena, &program->notes,
                                 arena_printf(program->arena, "'%s' is defined in '%s' and in '%s'",
                                              function->func->name, other->at.file, function->at.file));
        }
        VEC_PUSH(program->arena, &(*named)->list, function);
}

/* A function of a header comes with every unit that includes it; the first one stands for all. */
static struct function *already(struct map *seen, struct program *program, struct where at, sym name)
{
        sym key = name_printf(program->names, "%s:%u:%u:%s", at.file, at.line, at.col, name);
        return (struct function *)*map_at(seen, MAP_KEY(key));
}

static void remember(struct map *seen, struct program *program, struct function *function)
{
        sym key = name_printf(program->names, "%s:%u:%u:%s", function->at.file, function->at.line,
                              function->at.col, function->func->name);
        *map_at(seen, MAP_KEY(key)) = function;
}

static void add_function(struct program *program, struct unit *unit, struct func *func, struct map *seen)
{
        struct where at = program_where(unit, func->at);
        struct function *function = func->at.at.file ? already(seen, program, at, func->name) : NULL;
        if (!function) {
                function = NEW(program->arena, struct function);
                function->func = func;
                function->unit = unit;
                function->at = at;
                function->index = program->functions.n;
                function->exported = !func->is_static;
                function->contract.name = func->name;
                VEC_PUSH(program->arena, &program->functions, function);
                if (!func->is_static)
                        add_named(program, function);
                if (func->at.at.file)
                        remember(seen, program, function);
        }
        *map_at(&program->by_func, MAP_KEY(func)) = function;
        if (func->is_static)
                *map_at(&program->by_name, static_key(unit, func->name)) = function;
}

sym program_global(const struct program *program, const struct unit *unit, sym name)
{
        sym own = map_get(&program->statics, static_key(unit, name));
        return own ? own : name_printf(program->names, "$%s", name);
}

static void add_statics(struct program *program, struct unit *unit)
{
        for (int i = 0; i < unit->datas.n; i++)
                if (unit->datas.at[i]->is_static)
                        *map_at(&program->statics, static_key(unit, unit->datas.at[i]->name)) =
                            (void *)name_printf(program->names, "$%s:%s", unit->path,
                                                unit->datas.at[i]->name);
}

static void add_decls(struct program *program, struct unit *unit)
{
        for (int i = 0; i < unit->decls.n; i++) {
                struct decl **decl = (struct decl **)map_at(&program->decls, MAP_KEY(unit->decls.at[i].name));
                if (!*decl)
                        *decl = &unit->decls.at[i];
        }
}

struct program *program_link(struct arena *arena, struct names *names, struct unit *const *units, int n,
                             const struct models *models)
{
        struct program *program = NEW(arena, struct program);
        program->arena = arena;
        program->names = names;
        program->models = models;
        map_init(&program->by_name, arena);
        map_init(&program->by_func, arena);
        map_init(&program->cells, arena);
        map_init(&program->statics, arena);
        map_init(&program->decls, arena);
        struct map seen;
        map_init(&seen, arena);
        for (int i = 0; i < n; i++) {
                VEC_PUSH(arena, &program->units, units[i]);
                program->unread |= units[i]->status == UNIT_FAILED;
                add_decls(program, units[i]);
                add_statics(program, units[i]);
                for (int j = 0; j < units[i]->funcs.n; j++)
                        add_function(program, units[i], units[i]->funcs.at[j], &seen);
        }
        declared_find(program);
        calls_resolve(program);
        return program;
}
