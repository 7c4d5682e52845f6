/*
 * name_site.c: the names of APIs as the user wrote them: in calls, as macros,
 * inside the tree's own macros; never in branches that are not compiled, and
 * never in a header of somebody else.
 */
#include "flow/guard.h"
#include "flow/site.h"

#include <string.h>

struct name_asking {
        struct asking *asking;
        struct map seen; /* of file, line and column */
        const struct unit *unit;
};

static bool first_time(struct name_asking *names, struct where at)
{
        sym key = name_printf(names->asking->program->names, "%s:%u:%u", at.file, at.line, at.col);
        void **seen = map_at(&names->seen, MAP_KEY(key));
        if (*seen)
                return false;
        *seen = names;
        return true;
}

/* A name inside `#if VERSION >= X` is safe from what older versions lack, and so on. */
static void apply_guards(const struct unit *unit, struct loc at, const struct model *model, struct site *site)
{
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

static void ask_name(struct name_asking *names, sym name, struct loc at, size_t length, sym func,
                     bool pointer)
{
        struct program *program = names->asking->program;
        const struct model *model = models_find(program->models, name);
        if (!model || program_resolve(program, names->unit, name)) /* the tree brings its own */
                return;
        struct site site = {.models = program->models, .arena = names->asking->out->arena};
        struct range range = {at, at.line, at.col + (uint32_t)length};
        site.at = program_where(names->unit, range);
        if (!first_time(names, site.at))
                return;
        site.func = func;
        site.name = name;
        site.model = model;
        site.as_pointer = pointer;
        apply_guards(names->unit, at, model, &site);
        site_ask(names->asking, ON_NAME, &site);
}

/* The function that a line of the unit lies in. */
static sym around(const struct unit *unit, struct loc at)
{
        for (int i = 0; i < unit->funcs.n; i++) {
                const struct range *range = &unit->funcs.at[i]->at;
                if (range->at.file == at.file && at.line >= range->at.line && at.line <= range->end_line)
                        return unit->funcs.at[i]->name;
        }
        for (int i = 0; i < unit->datas.n; i++) {
                const struct range *range = &unit->datas.at[i]->at;
                if (range->at.file == at.file && at.line >= range->at.line && at.line <= range->end_line)
                        return unit->datas.at[i]->name;
        }
        return NULL;
}

static void unit_names(struct name_asking *names, const struct unit *unit)
{
        names->unit = unit;
        for (int i = 0; i < unit->uses.n; i++)
                ask_name(names, unit->uses.at[i].name, unit->uses.at[i].at, strlen(unit->uses.at[i].name),
                         around(unit, unit->uses.at[i].at), false);
        for (int i = 0; i < unit->macros.n; i++)
                for (int w = 0; w < unit->macros.at[i]->words.n; w++) {
                        const struct word *word = &unit->macros.at[i]->words.at[w];
                        ask_name(names, word->name, word->at, strlen(word->name), unit->macros.at[i]->name,
                                 false);
                }
}

static void function_names(struct name_asking *names, const struct function *function)
{
        names->unit = function->unit;
        for (int i = 0; i < function->calls.n; i++) {
                const struct event *event = function->calls.at[i].event;
                if (event->callee && !event->spelled && !event->cleanup)
                        ask_name(names, event->callee, event->at.at, strlen(event->callee),
                                 function_name(function), false);
        }
}

void name_sites(struct asking *asking)
{
        struct name_asking names = {.asking = asking};
        map_init(&names.seen, asking->program->arena);
        for (int i = 0; i < asking->program->units.n; i++)
                unit_names(&names, asking->program->units.at[i]);
        for (int i = 0; i < asking->program->functions.n; i++)
                function_names(&names, asking->program->functions.at[i]);
}
