/*
 * name_site.c: the names of APIs as the user wrote them: in calls, as macros,
 * inside the tree's own macros; never in branches that are not compiled, and
 * never in a header of somebody else.
 */
#include "flow/guard.h"
#include "flow/site.h"

#include <stdlib.h>
#include <string.h>

/* The lines of a function or a variable with its initialiser. */
struct extent {
        uint32_t file, first, last;
        sym name;
};

struct extents {
        VEC(struct extent) list; /* sorted by file and first line */
};

struct name_asking {
        struct asking *asking;
        struct arena *arena;
        struct map seen; /* file -> map of line and column */
        const struct unit *unit;
        struct extents funcs, datas; /* of the unit */
};

static bool first_time(struct name_asking *names, struct where at)
{
        void **file = map_at(&names->seen, MAP_KEY(at.file));
        if (!*file) {
                *file = NEW(names->arena, struct map);
                map_init(*file, names->arena);
        }
        void **seen = map_at(*file, (uint64_t)at.line << 32 | at.col);
        if (*seen)
                return false;
        *seen = names;
        return true;
}

/* A name inside `#if VERSION >= X` is safe from what older versions lack, and so on. */
static void apply_guards(const struct unit *unit, struct loc at, const struct model *model, struct site *site)
{
        if (!model->since && !model->until && !model->deprecated && !model->removed)
                return; /* no rule asks */
        for (int i = 0; i < unit->guards.n; i++) {
                const struct guard *guard = &unit->guards.at[i];
                if (guard->file != at.file || at.line < guard->first || at.line > guard->last)
                        continue;
                struct guarded versions = guard_versions(guard->condition);
                site->guarded_since |= versions.since && versions.since >= model->since;
                site->guarded_until |=
                    versions.until && (!model->removed || versions.until <= model->removed);
        }
}

static void ask_name(struct name_asking *names, sym name, struct loc at, sym func)
{
        struct program *program = names->asking->program;
        const struct model *model = models_find(program->models, name);
        if (!model || program_resolve(program, names->unit, name)) /* the tree brings its own */
                return;
        struct site site = {.models = program->models, .arena = names->asking->out->arena};
        struct range range = {at, at.line, at.col + (uint32_t)strlen(name)};
        site.at = program_where(names->unit, range);
        if (!first_time(names, site.at))
                return;
        site.func = func;
        site.name = name;
        site.model = model;
        apply_guards(names->unit, at, model, &site);
        site_ask(names->asking, ON_NAME, &site);
}

static int by_place(const void *a, const void *b)
{
        const struct extent *x = a, *y = b;
        if (x->file != y->file)
                return x->file < y->file ? -1 : 1;
        return (x->first > y->first) - (x->first < y->first);
}

static void add_extent(struct name_asking *names, struct extents *extents, struct range at, sym name)
{
        VEC_PUSH(names->arena, &extents->list, (struct extent){at.at.file, at.at.line, at.end_line, name});
}

/* The last one that begins at or before the line, when it reaches that far. */
static sym extent_at(const struct extents *extents, struct loc at)
{
        int low = 0, high = extents->list.n;
        struct extent wanted = {.file = at.file, .first = at.line};
        while (low < high) {
                int middle = (low + high) / 2;
                if (by_place(&extents->list.at[middle], &wanted) <= 0)
                        low = middle + 1;
                else
                        high = middle;
        }
        const struct extent *found = low ? &extents->list.at[low - 1] : NULL;
        return found && found->file == at.file && at.line <= found->last ? found->name : NULL;
}

static void find_extents(struct name_asking *names, const struct unit *unit)
{
        names->funcs = names->datas = (struct extents){0};
        for (int i = 0; i < unit->funcs.n; i++)
                add_extent(names, &names->funcs, unit->funcs.at[i]->at, unit->funcs.at[i]->name);
        for (int i = 0; i < unit->datas.n; i++)
                add_extent(names, &names->datas, unit->datas.at[i]->at, unit->datas.at[i]->name);
        if (names->funcs.list.n)
                qsort(names->funcs.list.at, (size_t)names->funcs.list.n, sizeof(struct extent), by_place);
        if (names->datas.list.n)
                qsort(names->datas.list.at, (size_t)names->datas.list.n, sizeof(struct extent), by_place);
}

/* The function that a line of the unit lies in, else the variable. */
static sym around(const struct name_asking *names, struct loc at)
{
        sym func = extent_at(&names->funcs, at);
        return func ? func : extent_at(&names->datas, at);
}

/* Nobody uses a function that came or went with some version: a macro that names it is never expanded. */
static bool is_unused(const struct program *program, sym name)
{
        const struct model *model = models_find(program->models, name);
        return model && (model->since || model->removed) && !model->macro &&
               !map_get(&program->decls, MAP_KEY(name));
}

static void unit_names(struct name_asking *names, const struct unit *unit)
{
        names->unit = unit;
        find_extents(names, unit);
        for (int i = 0; i < unit->uses.n; i++)
                ask_name(names, unit->uses.at[i].name, unit->uses.at[i].at,
                         around(names, unit->uses.at[i].at));
        for (int i = 0; i < unit->macros.n; i++)
                for (int w = 0; w < unit->macros.at[i]->words.n; w++) {
                        const struct word *word = &unit->macros.at[i]->words.at[w];
                        if (!is_unused(names->asking->program, word->name))
                                ask_name(names, word->name, word->at, unit->macros.at[i]->name);
                }
}

static void function_names(struct name_asking *names, const struct function *function)
{
        names->unit = function->unit;
        for (int i = 0; i < function->calls.n; i++) {
                const struct event *event = function->calls.at[i].event;
                if (event->callee && !event->spelled && !event->cleanup)
                        ask_name(names, event->callee, event->at.at, function_name(function));
        }
}

void name_sites(struct asking *asking)
{
        struct name_asking names = {.asking = asking, .arena = arena_new()};
        map_init(&names.seen, names.arena);
        for (int i = 0; i < asking->program->units.n; i++)
                unit_names(&names, asking->program->units.at[i]);
        for (int i = 0; i < asking->program->functions.n; i++)
                function_names(&names, asking->program->functions.at[i]);
        arena_drop(names.arena);
}
