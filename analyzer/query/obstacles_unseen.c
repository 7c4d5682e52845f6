/*
 * obstacles_unseen.c: reasons that lie in what was not seen: units that were
 * not read whole, code that the preprocessor left out, macros of several
 * meanings. A group that nothing unseen can mention is free of them.
 */
#include "query/groups.h"

#include <string.h>

/* --- which files can mention a group --------------------------------------------------- */

struct homes {
        VEC(sym) files;          /* that define or declare its functions, fields and variables */
        VEC(sym) names;          /* of its extern functions and variables */
        const struct unit *only; /* all of it is private to this unit, NULL: it is not */
};

static void add_file(struct arena *arena, struct homes *homes, sym name)
{
        for (int i = 0; i < homes->files.n; i++)
                if (homes->files.at[i] == name)
                        return;
        VEC_PUSH(arena, &homes->files, name);
}

static void add_extern(struct planning *planning, struct homes *homes, sym name)
{
        const struct program *program = planning->program;
        VEC_PUSH(planning->arena, &homes->names, name);
        homes->only = NULL;
        for (int u = 0; u < program->units.n; u++)
                for (int d = 0; d < program->units.at[u]->decls.n; d++)
                        if (program->units.at[u]->decls.at[d].name == name)
                                add_file(planning->arena, homes, program->units.at[u]->decls.at[d].header);
}

/* "src/buffer.h" of "src/buffer.h|buffer.data". */
static sym key_file(struct planning *planning, sym key)
{
        const char *bar = strrchr(key, '|');
        return bar ? name_of_bytes(planning->program->names, key, (size_t)(bar - key)) : NULL;
}

static void find_homes(struct planning *planning, const struct group *group, struct homes *homes)
{
        homes->only = group->functions.list.at[0]->unit;
        for (int i = 0; i < group->functions.list.n; i++) {
                const struct function *function = group->functions.list.at[i];
                if (function->unit != homes->only || function->at.file != function->unit->path)
                        homes->only = NULL;
        }
        for (int i = 0; i < group->doors.list.n; i++)
                if (group->doors.list.at[i]->exported)
                        add_extern(planning, homes, function_name(group->doors.list.at[i]));
        for (int i = 0; i < group->functions.list.n; i++)
                add_file(planning->arena, homes, group->functions.list.at[i]->at.file);
        for (int i = 0; i < group->fields.n; i++) {
                sym file = key_file(planning, group->fields.at[i]->key);
                if (file)
                        add_file(planning->arena, homes, file);
                if (!homes->only || file != homes->only->path)
                        homes->only = NULL;
        }
        for (int i = 0; i < group->globals.n; i++)
                if (!group->globals.at[i]->unit)
                        add_extern(planning, homes, group->globals.at[i]->name);
}

bool unit_reads(const struct unit *unit, sym file)
{
        for (int i = 0; i < unit->files.n; i++)
                if (unit->files.at[i] == file)
                        return true;
        for (int i = 0; i < unit->deps.n; i++)
                if (unit->deps.at[i].path == file)
                        return true;
        return false;
}

static bool can_mention(const struct unit *unit, const struct homes *homes)
{
        if (homes->only)
                return homes->only == unit;
        if (unit->status == UNIT_FAILED) /* nothing is known of it, not even what it includes */
                return true;
        for (int i = 0; i < homes->files.n; i++)
                if (unit_reads(unit, homes->files.at[i]))
                        return true;
        for (int i = 0; i < unit->decls.n; i++)
                for (int n = 0; n < homes->names.n; n++)
                        if (unit->decls.at[i].name == homes->names.at[n])
                                return true;
        return false;
}

static void read_units(struct planning *planning, struct group *group, const struct homes *homes)
{
        for (int u = 0; u < planning->program->units.n; u++) {
                const struct unit *unit = planning->program->units.at[u];
                if (unit->status == UNIT_WHOLE || !can_mention(unit, homes))
                        continue;
                struct where at = {.file = unit->path, .line = 1, .col = 1};
                group_reason(planning, group, WHY_PARTIAL, at, NULL,
                             "'%s' was %s, and it may mention these blocks", unit->path,
                             unit->status == UNIT_FAILED ? "not read at all" : "not read whole");
        }
        for (int i = 0; i < group->functions.list.n; i++) {
                const struct function *function = group->functions.list.at[i];
                if (function->func->lost)
                        group_reason(planning, group, WHY_PARTIAL, function->at, NULL,
                                     "%d statements of '%s' could not be read", function->func->lost,
                                     function_name(function));
        }
}

/* --- code that a condition leaves out ----------------------------------------------------- */

static const char *member_of(const char *key)
{
        const char *dot = strrchr(key, '.');
        return dot ? dot + 1 : key;
}

static bool lies_in(const struct function *function, const struct where *at)
{
        return function->at.file == at->file && at->line >= function->at.line &&
               at->line <= function->at.end_line;
}

static bool names_it(const struct planning *planning, const struct group *group,
                     const struct plan_skipped *skipped)
{
        const struct model *model = models_find(planning->program->models, skipped->word);
        for (int i = 0; i < group->fields.n && skipped->member; i++)
                if (!strcmp(member_of(group->fields.at[i]->key), skipped->word))
                        return true;
        for (int i = 0; i < group->doors.list.n && !skipped->member; i++)
                if (function_name(group->doors.list.at[i]) == skipped->word)
                        return true;
        for (int i = 0; i < group->globals.n && !skipped->member; i++)
                if (group->globals.at[i]->name == skipped->word)
                        return true;
        for (int i = 0; i < group->sites.n && !skipped->member; i++)
                if (group->sites.at[i]->call->event->spelled == skipped->word)
                        return true;
        for (int i = 0; i < group->locals.n && !skipped->member; i++)
                if (group->locals.at[i].name == skipped->word &&
                    lies_in(group->locals.at[i].function, &skipped->at))
                        return true;
        for (int i = 0; i < group->functions.list.n && model && model->allocator; i++)
                if (lies_in(group->functions.list.at[i], &skipped->at))
                        return true;
        return false;
}

/* The words that can name something of the group: most of what was left out is none of them. */
static void group_words(struct planning *planning, const struct group *group, struct map *words)
{
        struct names *names = planning->program->names;
        for (int i = 0; i < group->fields.n; i++)
                *map_at(words, MAP_KEY(name_of(names, member_of(group->fields.at[i]->key)))) = words;
        for (int i = 0; i < group->doors.list.n; i++)
                *map_at(words, MAP_KEY(function_name(group->doors.list.at[i]))) = words;
        for (int i = 0; i < group->globals.n; i++)
                *map_at(words, MAP_KEY(group->globals.at[i]->name)) = words;
        for (int i = 0; i < group->sites.n; i++)
                if (group->sites.at[i]->call->event->spelled)
                        *map_at(words, MAP_KEY(group->sites.at[i]->call->event->spelled)) = words;
        for (int i = 0; i < group->locals.n; i++)
                *map_at(words, MAP_KEY(group->locals.at[i].name)) = words;
}

/* For each word that was left out: whether it is an allocator. */
static const bool *allocators_of(struct planning *planning)
{
        const struct plan_wish *wish = planning->wish;
        if (planning->allocators)
                return planning->allocators;
        planning->allocators = NEW_ARRAY(planning->arena, bool, wish->skipped.n + 1);
        for (int i = 0; i < wish->skipped.n; i++) {
                const struct model *model = models_find(planning->program->models, wish->skipped.at[i].word);
                planning->allocators[i] = model && model->allocator;
        }
        return planning->allocators;
}

static void read_skipped(struct planning *planning, struct group *group)
{
        const struct plan_wish *wish = planning->wish;
        const bool *allocators = allocators_of(planning);
        struct arena *scratch = arena_new();
        struct map words;
        map_init(&words, scratch);
        group_words(planning, group, &words);
        for (int i = 0; i < wish->skipped.n; i++) {
                const struct plan_skipped *skipped = &wish->skipped.at[i];
                if (!allocators[i] && !map_get(&words, MAP_KEY(skipped->word)))
                        continue;
                if (names_it(planning, group, skipped))
                        group_reason(planning, group, WHY_SKIPPED, skipped->at, NULL,
                                     "'%s' at %s:%u stands in code that was not read", skipped->word,
                                     skipped->at.file, skipped->at.line);
        }
        arena_drop(scratch);
}

/* --- macros ---------------------------------------------------------------------------------- */

/* A macro that is defined twice means another allocator in another build. */
static void read_macros(struct planning *planning, struct group *group)
{
        for (int s = 0; s < group->sites.n; s++) {
                const struct memory_site *site = group->sites.at[s];
                const struct unit *unit = site->function->unit;
                sym spelled = site->call->event->spelled;
                int definitions = 0;
                for (int m = 0; spelled && m < unit->macros.n; m++)
                        definitions += unit->macros.at[m]->name == spelled;
                if (definitions > 1)
                        group_reason(planning, group, WHY_MACRO, site_where(site), NULL,
                                     "the macro '%s' has %d definitions", spelled, definitions);
        }
}

void obstacles_unseen(struct planning *planning, struct group *group)
{
        struct homes homes = {0};
        find_homes(planning, group, &homes);
        read_units(planning, group, &homes);
        read_skipped(planning, group);
        read_macros(planning, group);
}
