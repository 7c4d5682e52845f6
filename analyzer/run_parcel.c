/*
 * run_parcel.c: units that are parsed on a machine that has none of their
 * headers. In: a project, or parcels. Out: a parcel, or the unit files that
 * 'summarize' would have written where the headers are. See run.h and ship.h.
 */
#include "run.h"

#include "reach.h"
#include "ship.h"

#include <errno.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool run_has_parcels(const struct options *opt)
{
        size_t suffix = strlen(SHIP_PARCEL);
        for (int i = 0; i < opt->paths.n; i++) {
                size_t length = strlen(opt->paths.at[i]);
                if (length > suffix && !strcmp(opt->paths.at[i] + length - suffix, SHIP_PARCEL))
                        return true;
        }
        return false;
}

/* PROJECT without its units. */
static struct project *emptied(struct run *run, const struct project *project)
{
        struct project *empty = NEW(run->arena, struct project);
        *empty = *project;
        memset(&empty->units, 0, sizeof empty->units);
        return empty;
}

static struct units *obtain(struct run *run, const struct project *project)
{
        struct pool_options how = run_pool_options(run);
        return units_obtain(run->arena, run->names, project, &how, &run->error);
}

/* A list of files, each as often as units read it. */
struct files {
        VEC(const char *) list;
};

/* Sorts the units of run->project: into the parcel with their files, or, when these cannot be told, into
 * REST. */
static void sort(struct run *run, const struct project *whole, struct ship_parcel *parcel,
                 struct project *rest, struct files *files)
{
        struct project seen = *parcel->project;
        seen.roots.room = seen.roots.n; /* the first push copies */
        VEC_PUSH(run->arena, &seen.roots, (struct root){"<clang>", parcel->project->resource});
        struct lookup *lookup = lookup_new(run->arena, &seen);
        for (int i = 0, n = 0; i < whole->units.n && n < run->project->units.n; i++) {
                struct project_unit *unit = whole->units.at[i];
                if (unit != run->project->units.at[n])
                        continue;
                n++;
                struct reach *reach = reach_new(run->arena, lookup);
                if (!reach_unit(reach, unit)) {
                        VEC_PUSH(run->arena, &rest->units, unit);
                        VEC_PUSH(run->arena, &parcel->done, (struct ship_done){.number = i});
                        continue;
                }
                VEC_PUSH(run->arena, &parcel->project->units, unit);
                VEC_PUSH(run->arena, &parcel->numbers, i);
                for (int j = 0; j < reach->files.n; j++)
                        VEC_PUSH(run->arena, &files->list, reach->files.at[j]);
        }
}

/* Parses what has to be parsed here. */
static bool finish(struct run *run, struct ship_parcel *parcel, const struct project *rest)
{
        const struct units *units = rest->units.n ? obtain(run, rest) : NULL;
        if (rest->units.n && !units)
                return false;
        for (int i = 0; i < parcel->done.n; i++) {
                struct out out = {.arena = run->arena};
                ship_unit_write(run->arena, parcel->plan,
                                parcel->plan->units.at[parcel->done.at[i].number].flags, units->at[i], &out);
                parcel->done.at[i].bytes = (struct text){(char *)out_string(&out), out.length};
        }
        return true;
}

static bool write_parcel(struct run *run, const struct ship_parcel *parcel, const struct files *files,
                         const char *dir)
{
        const struct ship_options *ship = &run->opt->ship;
        struct out out = {.arena = run->arena};
        const char *name = arena_printf(run->arena, "%d-of-%d" SHIP_PARCEL, ship->shards ? ship->shard : 1,
                                        ship->shards ? ship->shards : 1);
        const char *missing = ship_pack(run->arena, parcel, files->list.at, files->list.n, &out);
        if (missing) {
                run->error = arena_printf(run->arena, "cannot read '%s': %s", missing, strerror(errno));
                return false;
        }
        if (!run_write_file(run, path_join(run->arena, dir, name), &out))
                return false;
        if (!run->opt->quiet)
                run->opt->say(LEVEL_NOTE,
                              arena_printf(run->arena,
                                           "'%s' holds %d unit%s with all that may be read, and %d "
                                           "that had to be read here: %zu bytes",
                                           path_join(run->arena, ship->into, name), parcel->numbers.n,
                                           plural(parcel->numbers.n), parcel->done.n, out.length));
        return true;
}

enum verdict run_pack(struct run *run, const struct project *whole)
{
        const char *dir = run_folder(run);
        const struct units *none = dir ? obtain(run, emptied(run, run->project)) : NULL;
        if (!none)
                return VERDICT_USAGE;
        struct ship_parcel parcel = {.clang = none->clang};
        struct project *rest = emptied(run, run->project);
        struct files files = {0};
        parcel.plan = ship_plan_of(run->arena, whole, ship_variant(run->arena, whole, none->clang), dir);
        parcel.plan_text = ship_plan_write(run->arena, parcel.plan);
        parcel.project = emptied(run, run->project);
        parcel.project->resource = none->resource;
        sort(run, whole, &parcel, rest, &files);
        if (!finish(run, &parcel, rest) || !write_parcel(run, &parcel, &files, dir))
                return VERDICT_USAGE;
        return VERDICT_CLEAN;
}

/* --- the other end ---------------------------------------------------------------------------- */

static int take_away(const char *path, const struct stat *st, int kind, struct FTW *where)
{
        (void)st, (void)kind, (void)where;
        return remove(path), 0;
}

/* A new folder for what is unpacked, links resolved; NULL with run->error. */
static const char *new_folder(struct run *run)
{
        char real[PATH_MAX];
        const char *tmp = getenv("TMPDIR");
        char *dir = arena_printf(run->arena, "%s/pymemlint-parcel-XXXXXX", tmp && *tmp == '/' ? tmp : "/tmp");
        if (mkdtemp(dir) && realpath(dir, real))
                return arena_strndup(run->arena, real, strlen(real));
        run->error = arena_printf(run->arena, "cannot make the folder '%s': %s", dir, strerror(errno));
        return NULL;
}

static bool write_units(struct run *run, const struct ship_parcel *parcel, const char *dir)
{
        for (int i = 0; i < run->units->n; i++)
                if (!run_write_unit(run, dir, parcel->plan, parcel->numbers.at[i], run->units->at[i]))
                        return false;
        for (int i = 0; i < parcel->done.n; i++) {
                struct out out = {.arena = run->arena};
                const char *name = parcel->plan->units.at[parcel->done.at[i].number].name;
                out_bytes(&out, parcel->done.at[i].bytes.bytes, parcel->done.at[i].bytes.length);
                if (!run_write_file(run, path_join(run->arena, dir, name), &out))
                        return false;
        }
        run_tell_units(run, parcel->done.n);
        return true;
}

/* The units of the parcel PATH, laid out below SYSROOT. *PLAN: of the parcels before, or NULL. */
static bool read_parcel(struct run *run, const char *path, const char *sysroot, const char *dir,
                        struct ship_plan **plan)
{
        struct text bytes;
        const char *error = NULL;
        if (!file_read(run->arena, path, 0, &bytes)) {
                run->error = arena_printf(run->arena, "cannot read '%s': %s", path, strerror(errno));
                return false;
        }
        struct ship_parcel *parcel = ship_unpack(run->arena, &bytes, sysroot, &error);
        if (parcel && *plan)
                error = ship_plan_differs(run->arena, *plan, parcel->plan);
        if (!error && !(run->units = obtain(run, parcel->project)))
                return false;
        if (!error && strcmp(run->units->clang, parcel->clang))
                error = arena_printf(run->arena, "it was packed for %s, and here is %s", parcel->clang,
                                     run->units->clang);
        if (error) {
                run->error = arena_printf(run->arena, "'%s': %s", path, error);
                return false;
        }
        run->project = parcel->project;
        *plan = parcel->plan;
        struct out out = {.arena = run->arena};
        out_text(&out, parcel->plan_text);
        return write_units(run, parcel, dir) &&
               run_write_file(run, path_join(run->arena, dir, SHIP_PLAN), &out);
}

enum verdict run_parcels(struct run *run)
{
        struct ship_plan *plan = NULL;
        const char *dir = run_folder(run);
        bool good = dir != NULL;
        unsetenv("CPATH"); /* the parser would look there, too */
        unsetenv("C_INCLUDE_PATH");
        for (int i = 0; i < run->opt->paths.n && good; i++) {
                const char *sysroot = new_folder(run);
                good = sysroot && read_parcel(run, run->opt->paths.at[i], sysroot, dir, &plan);
                if (sysroot)
                        nftw(sysroot, take_away, 16, FTW_DEPTH | FTW_PHYS);
        }
        return good ? VERDICT_CLEAN : VERDICT_USAGE;
}
