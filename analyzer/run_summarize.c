/*
 * run_summarize.c: unit files of a part of a program, for a link elsewhere. In:
 * a project, then the units of the part. Out: a file for every unit, also for
 * one that could not be read, the plan of the whole, and for build engines a
 * file that tells what was made and what from. See run.h and ship.h.
 */
#include "run.h"

#include "ship.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LARGEST_LIST = 256 << 20 };

/* The absolute folder that is written to. It need not exist. */
const char *run_folder(struct run *run)
{
        char here[PATH_MAX], real[PATH_MAX];
        const char *path =
            path_clean(run->arena, getcwd(here, sizeof here) ? here : "/", run->opt->ship.into);
        if (!ship_make_parents(run->arena, path_join(run->arena, path, SHIP_PLAN)) || !realpath(path, real)) {
                run->error = arena_printf(run->arena, "cannot make the folder '%s': %s", run->opt->ship.into,
                                          strerror(errno));
                return NULL;
        }
        return arena_strndup(run->arena, real, strlen(real));
}

/* Marks the units that the file opt->ship.units names, one a line. */
static bool listed(struct run *run, const struct ship_plan *plan, bool *wanted)
{
        struct text text;
        const char *file = run->opt->ship.units;
        if (!file_read(run->arena, file, LARGEST_LIST, &text)) {
                run->error = arena_printf(run->arena, "cannot read '%s': %s", file, strerror(errno));
                return false;
        }
        struct map names;
        map_init(&names, run->arena);
        for (int i = 0; i < plan->units.n; i++)
                *map_at(&names, MAP_KEY(name_of(run->names, plan->units.at[i].name))) = &wanted[i];
        for (char *rest = text.bytes, *line; (line = strsep(&rest, "\n"));) {
                bool **slot = *line ? (bool **)map_at(&names, MAP_KEY(name_of(run->names, line))) : NULL;
                if (slot && *slot)
                        **slot = true;
                else if (*line)
                        run->opt->say(
                            LEVEL_WARNING,
                            arena_printf(run->arena, "%s: there is no unit '%s' any more", file, line));
        }
        return true;
}

bool run_shard(struct run *run)
{
        const struct ship_options *ship = &run->opt->ship;
        const struct project *whole = run->project;
        struct project *part = NEW(run->arena, struct project);
        bool *wanted = NEW_ARRAY(run->arena, bool, whole->units.n);
        const char *dir = run_folder(run);
        if (!dir)
                return false;
        if (ship->units && !listed(run, ship_plan_of(run->arena, whole, "", dir), wanted))
                return false;
        const int *shards = ship_shards(run->arena, whole, ship->shards ? ship->shards : 1);
        *part = *whole;
        part->units.at = NULL;
        part->units.n = part->units.room = 0;
        for (int i = 0; i < whole->units.n; i++)
                if (ship->units ? wanted[i] : !ship->shards || shards[i] == ship->shard - 1)
                        VEC_PUSH(run->arena, &part->units, whole->units.at[i]);
        run->project = part;
        return true;
}

/* A path in a rule of make's. */
static void put_make(struct out *out, const char *path)
{
        for (; *path; path++) {
                if (strchr(" #\\", *path))
                        out_char(out, '\\');
                out_text(out, *path == '$' ? "$" : "");
                out_char(out, *path);
        }
}

/* The file that DEP stands for; several folders may go by one name. NULL for headers of the parser's own. */
static const char *real_dep(struct run *run, const char *dep)
{
        if (*dep != '<')
                return path_join(run->arena, run->project->tree, dep);
        for (int i = 0; i < run->project->roots.n; i++) {
                const char *below = path_below(run->project->roots.at[i].name, dep);
                const char *file = below ? path_join(run->arena, run->project->roots.at[i].dir, below) : NULL;
                if (file && !access(file, F_OK))
                        return file;
        }
        return NULL;
}

/* STAMP.d: what the units rest on, as a rule for make and ninja. */
static bool write_depfile(struct run *run)
{
        struct out out = {.arena = run->arena}, rules = {.arena = run->arena};
        struct map seen;
        map_init(&seen, run->arena);
        put_make(&out, run->opt->ship.stamp);
        out_char(&out, ':');
        for (int i = 0; i < run->units->n; i++)
                for (int j = 0; j < run->units->at[i]->deps.n; j++) {
                        sym dep = run->units->at[i]->deps.at[j].path;
                        const char *file = real_dep(run, dep);
                        void **slot = map_at(&seen, MAP_KEY(dep));
                        if (*slot || !file)
                                continue;
                        *slot = run;
                        out_text(&out, " \\\n ");
                        put_make(&out, file);
                        /* A rule of its own: one that is gone is no error. */
                        put_make(&rules, file);
                        out_text(&rules, ":\n");
                }
        out_char(&out, '\n');
        out_bytes(&out, out_string(&rules), rules.length);
        return run_write_file(run, arena_printf(run->arena, "%s.d", run->opt->ship.stamp), &out);
}

/* The names of what was made, for `link @STAMP`. */
static bool write_stamp(struct run *run, const char *dir, const struct words *names)
{
        struct out out = {.arena = run->arena};
        char here[PATH_MAX], real[PATH_MAX];
        const char *stamp = run->opt->ship.stamp;
        const char *from =
            path_dir(run->arena, path_clean(run->arena, getcwd(here, sizeof here) ? here : "/", stamp));
        if (ship_make_parents(run->arena, stamp) && realpath(from, real))
                from = real;
        const char *way = ship_way(run->arena, from, dir);
        out_format(&out, "%s\n", path_join(run->arena, way, SHIP_PLAN));
        for (int i = 0; i < names->n; i++)
                out_format(&out, "%s\n", path_join(run->arena, way, names->at[i]));
        return write_depfile(run) && run_write_file(run, run->opt->ship.stamp, &out);
}

void run_tell_units(struct run *run, int more)
{
        const struct options *opt = run->opt;
        for (int i = 0; i < run->units->notes.n; i++)
                opt->say(LEVEL_WARNING, run->units->notes.at[i]);
        for (int i = 0; i < run->units->n; i++)
                if (run->units->at[i]->status == UNIT_FAILED)
                        opt->say(LEVEL_WARNING,
                                 arena_printf(run->arena, "'%s' was not analyzed: %s",
                                              run->units->at[i]->path, run->units->at[i]->diags.at[0].text));
        if (!opt->quiet)
                opt->say(LEVEL_NOTE,
                         arena_printf(run->arena, "%d unit file%s in '%s': %d whole, %d partial, %d failed%s",
                                      run->units->n, plural(run->units->n), opt->ship.into, run->units->whole,
                                      run->units->partial, run->units->failed,
                                      more ? arena_printf(run->arena, ", and %d as they came", more) : ""));
}

bool run_write_unit(struct run *run, const char *dir, const struct ship_plan *plan, int number,
                    const struct unit *unit)
{
        struct arena *scratch = arena_new();
        struct out out = {.arena = scratch};
        ship_unit_write(scratch, plan, plan->units.at[number].flags, unit, &out);
        bool good = run_write_file(run, path_join(run->arena, dir, plan->units.at[number].name), &out);
        arena_drop(scratch);
        return good;
}

/* A unit that failed has a file that says so: build engines find their outputs, and link tells. */
enum verdict run_summarize(struct run *run, const struct project *whole)
{
        const char *dir = run_folder(run);
        struct words names = {0};
        if (!dir)
                return VERDICT_USAGE;
        const struct ship_plan *plan =
            ship_plan_of(run->arena, whole, ship_variant(run->arena, whole, run->units->clang), dir);
        for (int i = 0, n = 0; i < whole->units.n && n < run->units->n; i++) {
                if (whole->units.at[i] != run->project->units.at[n])
                        continue;
                if (!run_write_unit(run, dir, plan, i, run->units->at[n++]))
                        return VERDICT_USAGE;
                VEC_PUSH(run->arena, &names, plan->units.at[i].name);
        }
        struct out out = {.arena = run->arena};
        out_text(&out, ship_plan_write(run->arena, plan));
        if (!run_write_file(run, path_join(run->arena, dir, SHIP_PLAN), &out) ||
            (run->opt->ship.stamp && !write_stamp(run, dir, &names)))
                return VERDICT_USAGE;
        run_tell_units(run, 0);
        return VERDICT_CLEAN;
}
