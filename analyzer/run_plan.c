/*
 * run_plan.c: from a linked program to a plan on the standard output, and to
 * changed sources. See run.h.
 */
#include "run.h"

#include "base/map.h"
#include "front/tree.h"
#include "link/program.h"
#include "report/plan_fix.h"
#include "report/skipped.h"
#include "report/tables.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* --- what the user asks for ------------------------------------------------------------ */

static bool read_target(struct run *run, struct plan_wish *wish)
{
        const char *to = run->opt->table.to;
        wish->to = -1;
        for (int needs = 0; needs < 2; needs++)
                if (plan_target(run->models, needs) < 0) {
                        run->error = arena_printf(
                            run->arena, "no model has a family that a plan could move to %s the GIL",
                            needs ? "with" : "without");
                        return false;
                }
        if (!strcmp(to, "auto"))
                return true;
        for (int i = 0; i < run->models->families.n; i++)
                if (run->models->families.at[i].target && !strcmp(run->models->families.at[i].target, to))
                        wish->to = i;
        if (wish->to < 0)
                run->error = arena_printf(run->arena, "no model has a family that is the target '%s'", to);
        return wish->to >= 0;
}

static bool read_from(struct run *run, struct plan_wish *wish)
{
        const struct words *from = &run->opt->table.from;
        for (int i = 0; i < from->n; i++) {
                const char *error;
                int family = family_named(run->arena, run->models, from->at[i], &error);
                if (family < 0) {
                        run->error = arena_printf(run->arena, "--from: %s", error);
                        return false;
                }
                wish->from |= (families)1 << family;
        }
        return true;
}

/* --- what nobody saw -------------------------------------------------------------------- */

static bool same_range(const struct skipped_range *range, const struct unit *unit, const struct guard *guard)
{
        return range->file == unit->files.at[guard->file] && range->first == guard->first &&
               range->last == guard->last;
}

/* Some unit reads these lines. */
static bool is_seen(const struct program *program, const struct skipped_range *range)
{
        for (int u = 0; u < program->units.n; u++) {
                const struct unit *unit = program->units.at[u];
                for (int g = 0; g < unit->guards.n; g++)
                        if (unit->guards.at[g].active && same_range(range, unit, &unit->guards.at[g]))
                                return true;
        }
        return false;
}

struct skipped_ranges {
        VEC(struct skipped_range) list;
};

static bool is_source(const char *path)
{
        static const char *const ends[] = {".c",  ".h", ".cc", ".hh",  ".cpp", ".hpp", ".cxx", ".hxx",
                                           ".cu", ".m", ".mm", ".pyx", ".pxd", ".pxi", ".inc", ".inl"};
        const char *dot = strrchr(path_base(path), '.');
        for (size_t i = 0; dot && i < sizeof ends / sizeof *ends; i++)
                if (!strcmp(dot, ends[i]))
                        return true;
        return false;
}

/* Sources of the tree that no unit reads, in any language that can call C: nobody knows what they do. */
static void find_unread(struct run *run, struct skipped_ranges *ranges)
{
        const struct tree *tree = tree_read(run->arena, run->project->tree, DEPTH_OF_TREE, NULL, 0);
        struct map read;
        map_init(&read, run->arena);
        for (int u = 0; u < run->program->units.n; u++) {
                const struct unit *unit = run->program->units.at[u];
                *map_at(&read, MAP_KEY(unit->path)) = run;
                for (int i = 0; i < unit->files.n; i++)
                        *map_at(&read, MAP_KEY(unit->files.at[i])) = run;
                for (int i = 0; i < unit->deps.n; i++)
                        *map_at(&read, MAP_KEY(unit->deps.at[i].path)) = run;
        }
        for (int i = 0; i < tree->files.n; i++) {
                sym path = name_of(run->names, tree->files.at[i]);
                if (is_source(path) && !map_get(&read, MAP_KEY(path)))
                        VEC_PUSH(run->arena, &ranges->list, (struct skipped_range){path, 1, UINT32_MAX});
        }
}

static void find_skipped(struct run *run, struct report *report, struct plan_wish *wish)
{
        struct skipped_ranges ranges = {0};
        find_unread(run, &ranges);
        for (int u = 0; u < run->program->units.n; u++) {
                const struct unit *unit = run->program->units.at[u];
                for (int g = 0; g < unit->guards.n; g++) {
                        const struct guard *guard = &unit->guards.at[g];
                        struct skipped_range range = {unit->files.at[guard->file], guard->first, guard->last};
                        bool known = guard->active;
                        for (int i = 0; i < ranges.list.n && !known; i++)
                                known = same_range(&ranges.list.at[i], unit, guard);
                        if (!known && !is_seen(run->program, &range))
                                VEC_PUSH(run->arena, &ranges.list, range);
                }
        }
        skipped_read(report, ranges.list.at, ranges.list.n, wish);
}

static void find_consumers(struct run *run, struct plan_wish *wish)
{
        const struct words *trees = &run->opt->table.consumers;
        for (int t = 0; t < trees->n; t++) {
                char root[PATH_MAX];
                const char *tree = realpath(trees->at[t], root) ? root : trees->at[t];
                for (int u = 0; u < run->program->units.n; u++) {
                        sym path = run->program->units.at[u]->path;
                        const char *whole = path_clean(run->arena, run->project->tree, path);
                        if (path_below(tree, whole))
                                VEC_PUSH(run->arena, &wish->consumers, path);
                }
        }
}

/* --- what becomes of the plan ------------------------------------------------------------- */

static enum verdict print_plan(struct run *run, const struct plan *plan)
{
        struct census *coverage = census_cover(run->arena, run->program);
        enum table_format format = TABLE_TEXT;
        struct out out = {.arena = run->arena};
        table_format_find(run->opt->table.format, &format);
        if (format == TABLE_JSON)
                plan_json(plan, coverage, PYMEMLINT_VERSION, &out);
        else
                document_write(plan_document(run->arena, plan, coverage), format, &out);
        return run_print(run, &out) ? run_table_verdict(run, false) : VERDICT_USAGE;
}

static enum verdict change_sources(struct run *run, struct report *report, const struct plan *plan)
{
        const struct options *opt = run->opt;
        struct plan_fix_result result = {0};
        struct out diff = {.arena = run->arena};
        plan_fix(report, plan, opt->diff ? &diff : NULL, &result);
        for (int i = 0; i < result.refused.n; i++)
                opt->say(LEVEL_WARNING, result.refused.at[i]);
        if (opt->diff && !run_print(run, &diff))
                return VERDICT_USAGE;
        if (!opt->quiet)
                opt->say(LEVEL_NOTE, arena_printf(run->arena, "%s %d of %d group%s by %d edit%s in %d file%s",
                                                  opt->diff ? "would move" : "moved", result.groups,
                                                  plan->groups.n, plural(plan->groups.n), result.edits,
                                                  plural(result.edits), result.files, plural(result.files)));
        return run_table_verdict(run, result.refused.n > 0);
}

enum verdict run_plan(struct run *run, struct report *report)
{
        struct plan_wish wish = {0};
        if (!read_target(run, &wish) || !read_from(run, &wish))
                return VERDICT_USAGE;
        find_skipped(run, report, &wish);
        find_consumers(run, &wish);
        const struct plan *plan = plan_make(run->arena, run->program, &wish);
        if (run->opt->fix || run->opt->diff)
                return change_sources(run, report, plan);
        return print_plan(run, plan);
}
