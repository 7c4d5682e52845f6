/*
 * pool.c: see pool.h. In: a project. Out: its units. Decides what is asked of
 * the workers and reads what they answer; schedule.c runs them.
 */
#include "front/pool.h"

#include "base/file.h"
#include "base/hash.h"
#include "front/cache.h"
#include "front/key.h"
#include "front/pch.h"
#include "front/process.h"
#include "front/quota.h"
#include "front/schedule.h"
#include "front/stubs.h"
#include "front/trace.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { WORKERS_MAX = 256 };
static const double default_deadline = 10, seconds_per_byte = 2.0 / (1 << 20);
#ifdef __SANITIZE_ADDRESS__
static const double slowness = 4;
#else
static const double slowness = 1;
#endif

struct pool {
        struct arena *arena, *scratch; /* of the units; of all that is dropped when they are read */
        struct names *names;
        struct project *project; /* a copy with the roots that only we know */
        const struct pool_options *options;
        struct schedule *schedule;
        struct cache *cache; /* NULL: not wanted */
        struct lookup *lookup;
        struct deps *deps;
        const char *shelf; /* folder of precompiled headers that no cache keeps, or NULL */
        const char *stubs; /* folder of stub headers, or NULL */
        struct clang_info clang;
        struct units *units;
        struct text *bytes;   /* of each unit file, in the order of the units */
        const char **failure; /* or why there is none */
        struct pchs *pchs;
        struct item *items; /* precompiled headers first, then units */
        int *unit_of;       /* which unit an item is */
        int *missing;       /* units that the cache does not have, the longest first */
        const char **keys;  /* of every unit */
        int nmissing, nitems, done;
        int lost; /* units that the next run will not find in the cache */
};

int pool_cores(void)
{
        cpu_set_t set;
        int cores = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
        int paid = quota_cores("/proc/self/cgroup", "/sys/fs/cgroup");
        return paid > 0 && paid < cores ? paid : cores;
}

static int workers_of(const struct pool_options *options, int units)
{
        int workers = options->workers > 0 ? options->workers : pool_cores();
        workers = workers < units ? workers : units;
        return workers < 1 ? 1 : workers > WORKERS_MAX ? WORKERS_MAX : workers;
}

static double deadline_of(const struct pool *pool, const struct project_unit *unit)
{
        double base = pool->options->deadline > 0 ? pool->options->deadline : default_deadline;
        return (base + (double)unit->size * seconds_per_byte) * slowness;
}

static void progress(struct pool *pool, int unit)
{
        pool->done++;
        if (pool->options->progress)
                pool->options->progress(pool->options->context, pool->done, pool->project->units.n,
                                        pool->project->units.at[unit]->path);
}

static void take_info(void *context, struct item *item)
{
        struct text *answer = context;
        if (!item->failure)
                *answer = item->answer;
}

/*
 * Asks the workers what libclang they have: every key depends on it. It also
 * shows that they can be run. All are asked, so that all start now.
 */
static const char *ask_clang(struct pool *pool, const char *worker)
{
        int n = pool->schedule->workers;
        struct text answer = {0};
        struct item *items = NEW_ARRAY(pool->scratch, struct item, n);
        for (int i = 0; i < n; i++)
                items[i] =
                    (struct item){.job = {.info = true}, .limit = default_deadline * slowness, .needs = -1};
        const char *error = schedule_run(pool->schedule, items, n, take_info, &answer);
        if (error || !answer.bytes)
                return error ? error : items[0].failure;
        pool->clang = clang_info_read(pool->scratch, answer.bytes, answer.length);
        if (pool->cache)
                clang_keep(pool->cache, pool->scratch, worker, &answer);
        return NULL;
}

/* Fills pool->clang. An error sentence or NULL. */
static const char *know_clang(struct pool *pool, const char *program)
{
        const char *worker = clang_worker(pool->scratch, program), *error = NULL;
        if (!clang_recall(pool->cache, pool->scratch, worker, &pool->clang))
                error = ask_clang(pool, worker);
        pool->clang.worker = worker;
        return error;
}

static int longest_root_first(const void *a, const void *b)
{
        const struct root *one = a, *other = b;
        size_t n = strlen(one->dir), m = strlen(other->dir);
        return n != m ? (n < m ? 1 : -1) : strcmp(one->dir, other->dir);
}

static void add_root(struct pool *pool, const char *name, const char *dir)
{
        struct project *project = pool->project;
        VEC_PUSH(pool->scratch, &project->roots, (struct root){.name = name, .dir = dir});
        qsort(project->roots.at, (size_t)project->roots.n, sizeof *project->roots.at, longest_root_first);
}

/* Makes the project's copy: with clang's own headers as a root, and stub headers where units look last. */
static const char *complete_project(struct pool *pool)
{
        struct project *project = pool->project;
        const char *error = NULL;
        project->roots.room = project->roots.n; /* the first push copies */
        const char *resource = project->resource ? project->resource : pool->clang.resource;
        if (*resource)
                add_root(pool, "<clang>", resource);
        if (!project->stubs.n)
                return NULL;
        pool->stubs = stubs_make(pool->scratch, project->stubs.at, project->stubs.n, &error);
        if (error)
                return error;
        add_root(pool, "<stub>", pool->stubs);
        const char *arg = arena_printf(pool->scratch, "-idirafter%s", pool->stubs);
        struct project_unit **units = NEW_ARRAY(pool->scratch, struct project_unit *, project->units.n);
        for (int i = 0; i < project->units.n; i++) {
                units[i] = NEW(pool->scratch, struct project_unit);
                *units[i] = *project->units.at[i];
                units[i]->args.room = units[i]->args.n;
                VEC_PUSH(pool->scratch, &units[i]->args, arg);
        }
        project->units.at = units;
        return NULL;
}

/* A parser that gave up for want of memory may do better next time. */
static bool is_lasting(const struct text *bytes)
{
        const char *newline = memchr(bytes->bytes, '\n', bytes->length);
        return newline && !memmem(bytes->bytes, (size_t)(newline - bytes->bytes), " status=failed ", 15);
}

static void take_pch(struct pool *pool, struct item *item)
{
        for (int i = 0; i < pool->pchs->list.n; i++) {
                struct pch *pch = pool->pchs->list.at[i];
                if (pch->temporary != item->job.make_pch)
                        continue;
                bool made =
                    !item->failure && item->answer.length == 3 && !strncmp(item->answer.bytes, "ok\n", 3);
                item->fed = made && pch_finish(pool->pchs, pch);
        }
}

static void take_item(void *context, struct item *item)
{
        struct pool *pool = context;
        int unit = pool->unit_of[item - pool->items];
        if (item->job.make_pch) {
                take_pch(pool, item);
                return;
        }
        pool->bytes[unit] = item->answer;
        pool->failure[unit] = item->failure;
        pool->units->costs[unit].seconds = item->seconds;
        pool->units->costs[unit].pch = item->job.pch != NULL;
        if (!pool->cache || item->failure || !is_lasting(&item->answer) ||
            !cache_put(pool->cache, pool->project->units.at[unit], item->job.key, &item->answer))
                pool->lost++;
        progress(pool, unit);
}

/* A unit file that passes every check and still does not read is none. */
static bool recall_unit(struct pool *pool, int unit)
{
        const char *error;
        struct text bytes;
        double began = process_now();
        if (!pool->cache ||
            !cache_get(pool->cache, pool->scratch, pool->project->units.at[unit], pool->keys[unit], &bytes))
                return false;
        pool->units->at[unit] = unit_read(pool->arena, pool->names, bytes.bytes, bytes.length, &error);
        if (!pool->units->at[unit])
                return false;
        pool->units->costs[unit] = (struct unit_cost){.seconds = process_now() - began, .cached = true};
        progress(pool, unit);
        return true;
}

struct longest {
        size_t size;
        int unit;
};

static int longest_first(const void *a, const void *b)
{
        const struct longest *one = a, *other = b;
        if (one->size != other->size)
                return one->size < other->size ? 1 : -1;
        return one->unit - other->unit;
}

/* Takes what the cache has. The big ones first: a big one begun last would keep one core busy alone. */
static void recall_units(struct pool *pool)
{
        int n = pool->project->units.n;
        struct longest *order = NEW_ARRAY(pool->scratch, struct longest, n);
        for (int i = 0; i < n; i++)
                order[i] = (struct longest){.size = pool->project->units.at[i]->size, .unit = i};
        qsort(order, (size_t)n, sizeof *order, longest_first);
        for (int i = 0; i < n; i++) {
                int unit = order[i].unit;
                pool->keys[unit] =
                    key_of_unit(pool->scratch, pool->project, pool->project->units.at[unit], &pool->clang);
                if (!recall_unit(pool, unit))
                        pool->missing[pool->nmissing++] = unit;
        }
}

static const char *place_pch(void *context, const char *key)
{
        struct pool *pool = context;
        /* The headers of a sysroot lie there for this run alone. */
        bool kept = pool->cache && !pool->project->sysroot;
        const char *error, *place = kept ? cache_path(pool->cache, pool->scratch, "pch", key) : NULL;
        if (place)
                return place;
        if (!pool->shelf)
                pool->shelf = stubs_make(pool->scratch, NULL, 0, &error);
        return pool->shelf ? path_join(pool->scratch, pool->shelf, key) : NULL;
}

/* Which missing unit takes which precompiled header; those to be made become the first items. */
static struct pch **plan_pchs(struct pool *pool)
{
        struct pch **pch = NEW_ARRAY(pool->scratch, struct pch *, pool->nmissing);
        pool->pchs = NEW(pool->scratch, struct pchs);
        *pool->pchs = (struct pchs){.arena = pool->scratch,
                                    .project = pool->project,
                                    .lookup = pool->lookup,
                                    .deps = pool->deps,
                                    .clang = &pool->clang,
                                    .place = place_pch,
                                    .context = pool};
        map_init(&pool->pchs->closures, pool->scratch);
        map_init(&pool->pchs->said, pool->scratch);
        for (int i = 0; i < pool->nmissing && pool->clang.pch && !pool->options->no_pch; i++)
                pch[i] = pch_of(pool->pchs, pool->project->units.at[pool->missing[i]]);
        return pch;
}

/* The number of the item that makes PCH, -1 when it is made. */
static int item_of_pch(struct pool *pool, const struct pch *pch)
{
        if (pch->ready)
                return -1;
        for (int i = 0; i < pool->nitems; i++)
                if (pool->items[i].job.make_pch == pch->temporary)
                        return i;
        pool->items[pool->nitems] =
            (struct item){.job = pch->job, .limit = default_deadline * slowness, .needs = -1};
        return pool->nitems++;
}

static void add_items(struct pool *pool)
{
        struct pch **pch = plan_pchs(pool);
        pool->items = NEW_ARRAY(pool->scratch, struct item, pool->nmissing + pool->pchs->list.n);
        pool->unit_of = NEW_ARRAY(pool->scratch, int, pool->nmissing + pool->pchs->list.n);
        for (int i = 0; i < pool->nmissing; i++) {
                if (pch[i] && !pch_wanted(pool->pchs, pch[i]))
                        pch[i] = NULL;
                if (pch[i])
                        item_of_pch(pool, pch[i]);
        }
        for (int i = 0; i < pool->nmissing; i++) {
                const struct project_unit *what = pool->project->units.at[pool->missing[i]];
                int needs = pch[i] ? item_of_pch(pool, pch[i]) : -1;
                struct item *item = &pool->items[pool->nitems];
                pool->unit_of[pool->nitems++] = pool->missing[i];
                item->job = project_job(pool->project, what);
                item->job.key = pool->keys[pool->missing[i]];
                item->job.pch = pch[i] ? pch[i]->file : NULL;
                item->limit = deadline_of(pool, what);
                item->needs = needs;
        }
}

/* A unit of which there is nothing but the reason why. */
static struct unit *failed_unit(struct pool *pool, const struct project_unit *what, const char *why)
{
        struct unit *unit = unit_new(pool->arena, pool->names, what->path);
        unit->key = name_of(pool->names, "-");
        unit->flags = name_of(pool->names, what->flags);
        unit->object = name_of(pool->names, what->object);
        unit->status = UNIT_FAILED;
        VEC_PUSH(pool->arena, &unit->diags,
                 (struct diag){.at = {.file = 0, .line = 1, .col = 1}, .text = name_of(pool->names, why)});
        return unit;
}

static struct unit *read_unit(struct pool *pool, int at)
{
        const struct project_unit *what = pool->project->units.at[at];
        const char *error = pool->failure[at];
        if (error)
                return failed_unit(pool, what, error);
        struct unit *unit =
            unit_read(pool->arena, pool->names, pool->bytes[at].bytes, pool->bytes[at].length, &error);
        if (!unit)
                return failed_unit(
                    pool, what, arena_printf(pool->scratch, "the worker's answer makes no sense: %s", error));
        if (strcmp(unit->path, what->path))
                return failed_unit(pool, what,
                                   arena_printf(pool->scratch, "the worker answered for '%s'", unit->path));
        return unit;
}

/* What the cache did not have, in the order of the units, whatever order the answers came in. */
static void read_units(struct pool *pool)
{
        struct units *units = pool->units;
        for (int i = 0; i < units->n; i++) {
                if (!units->at[i])
                        units->at[i] = read_unit(pool, i);
                units->whole += units->at[i]->status == UNIT_WHOLE;
                units->partial += units->at[i]->status == UNIT_PARTIAL;
                units->failed += units->at[i]->status == UNIT_FAILED;
                units->cached += units->costs[i].cached;
        }
}

/* What all units rest on, when each of them would come from the cache. */
static void trace(struct pool *pool)
{
        struct out out = {.arena = pool->arena};
        if (pool->cache && !pool->lost && !pool->cache->note && trace_write(pool->lookup, pool->stubs, &out))
                pool->units->trace = out_string(&out);
}

/* All that can go wrong as a whole. An error sentence or NULL. */
static const char *obtain(struct pool *pool, const char *program)
{
        const char *error;
        pool->schedule = schedule_open(pool->scratch, program, workers_of(pool->options, pool->units->n));
        if ((error = know_clang(pool, program)) || (error = complete_project(pool)))
                return error;
        pool->units->resource =
            arena_strndup(pool->arena, pool->clang.resource, strlen(pool->clang.resource));
        pool->units->clang = arena_strndup(pool->arena, pool->clang.version, strlen(pool->clang.version));
        pool->lookup = lookup_new(pool->scratch, pool->project);
        pool->deps = deps_new(pool->scratch, pool->project, pool->lookup);
        if (pool->cache)
                cache_serve(pool->cache, pool->deps);
        recall_units(pool);
        add_items(pool);
        if ((error = schedule_run(pool->schedule, pool->items, pool->nitems, take_item, pool)))
                return error;
        read_units(pool);
        trace(pool);
        return NULL;
}

static struct units *units_new(struct arena *arena, int n)
{
        struct units *units = NEW(arena, struct units);
        units->n = n;
        units->at = NEW_ARRAY(arena, struct unit *, n);
        units->costs = NEW_ARRAY(arena, struct unit_cost, n);
        return units;
}

static void close_pool(struct pool *pool)
{
        if (pool->schedule)
                schedule_close(pool->schedule);
        for (int i = 0; pool->shelf && i < pool->pchs->list.n; i++)
                pch_remove(pool->pchs, pool->pchs->list.at[i], pool->shelf);
        if (pool->shelf)
                stubs_remove(pool->shelf, NULL, 0);
        if (pool->stubs)
                stubs_remove(pool->stubs, pool->project->stubs.at, pool->project->stubs.n);
        if (pool->cache) {
                cache_close(pool->cache, pool->options->cache_size);
                if (pool->cache->note)
                        VEC_PUSH(pool->arena, &pool->units->notes,
                                 arena_strndup(pool->arena, pool->cache->note, strlen(pool->cache->note)));
        }
        arena_drop(pool->scratch);
}

struct units *units_obtain(struct arena *arena, struct names *names, const struct project *project,
                           const struct pool_options *options, const char **error)
{
        int n = project->units.n;
        struct arena *scratch = arena_new();
        struct project copy = *project;
        struct pool pool = {
            .arena = arena, .scratch = scratch, .names = names, .project = &copy, .options = options};
        pool.units = units_new(arena, n);
        pool.bytes = NEW_ARRAY(scratch, struct text, n);
        pool.failure = NEW_ARRAY(scratch, const char *, n);
        pool.missing = NEW_ARRAY(scratch, int, n);
        pool.keys = NEW_ARRAY(scratch, const char *, n);
        pool.cache = options->no_cache ? NULL : cache_open(scratch, options->cache_dir);
        const char *program = process_program(scratch, error);
        if (program)
                *error = obtain(&pool, program);
        if (*error)
                *error = arena_strndup(arena, *error, strlen(*error));
        close_pool(&pool);
        return *error ? NULL : pool.units;
}
