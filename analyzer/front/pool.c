/*
 * pool.c: see pool.h. In: a project. Out: its units. Decides what is asked of
 * the workers and reads what they answer; schedule.c runs them.
 */
#include "front/pool.h"

#include "base/file.h"
#include "front/key.h"
#include "front/process.h"
#include "front/schedule.h"

#include <sched.h>
#include <stdlib.h>
#include <string.h>

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
        const struct project *project;
        const struct pool_options *options;
        struct schedule *schedule;
        struct clang_info clang;
        struct units *units;
        struct text *bytes;   /* of each unit file, in the order of the units */
        const char **failure; /* or why there is none */
        struct item *items;
        int *unit_of; /* which unit an item is */
        int nitems, done;
};

static int usable_cores(void)
{
        cpu_set_t set;
        return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

static int workers_of(const struct pool_options *options, int units)
{
        int workers = options->workers > 0 ? options->workers : usable_cores();
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
        struct pool *pool = context;
        if (!item->failure)
                pool->clang = clang_info_read(pool->scratch, item->answer.bytes, item->answer.length);
}

/*
 * Asks the workers what libclang they have: every key depends on it. It also
 * shows that they can be run. All are asked, so that all start now.
 */
static const char *ask_clang(struct pool *pool)
{
        int n = pool->schedule->workers;
        struct item *items = NEW_ARRAY(pool->scratch, struct item, n);
        for (int i = 0; i < n; i++)
                items[i] =
                    (struct item){.job = {.info = true}, .limit = default_deadline * slowness, .needs = -1};
        const char *error = schedule_run(pool->schedule, items, n, take_info, pool);
        return error ? error : items[0].failure;
}

static void take_unit(void *context, struct item *item)
{
        struct pool *pool = context;
        int unit = pool->unit_of[item - pool->items];
        pool->bytes[unit] = item->answer;
        pool->failure[unit] = item->failure;
        pool->units->costs[unit].seconds = item->seconds;
        progress(pool, unit);
}

static void add_item(struct pool *pool, int unit)
{
        const struct project_unit *what = pool->project->units.at[unit];
        struct item *item = &pool->items[pool->nitems];
        pool->unit_of[pool->nitems++] = unit;
        item->job = project_job(pool->project, what);
        item->job.key = key_of_unit(pool->scratch, pool->project, what, &pool->clang);
        item->limit = deadline_of(pool, what);
        item->needs = -1;
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

/* The big ones first: a big one begun last would keep one core busy alone. */
static void add_items(struct pool *pool)
{
        int n = pool->project->units.n;
        struct longest *order = NEW_ARRAY(pool->scratch, struct longest, n);
        for (int i = 0; i < n; i++)
                order[i] = (struct longest){.size = pool->project->units.at[i]->size, .unit = i};
        qsort(order, (size_t)n, sizeof *order, longest_first);
        for (int i = 0; i < n; i++)
                add_item(pool, order[i].unit);
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

/* In the order of the units, whatever order they came in: names are interned as they are met. */
static void read_units(struct pool *pool)
{
        struct units *units = pool->units;
        for (int i = 0; i < units->n; i++) {
                units->at[i] = read_unit(pool, i);
                units->whole += units->at[i]->status == UNIT_WHOLE;
                units->partial += units->at[i]->status == UNIT_PARTIAL;
                units->failed += units->at[i]->status == UNIT_FAILED;
                units->cached += units->costs[i].cached;
        }
}

static const char *obtain(struct pool *pool)
{
        const char *error;
        add_items(pool);
        if ((error = schedule_run(pool->schedule, pool->items, pool->nitems, take_unit, pool)))
                return error;
        read_units(pool);
        return NULL;
}

struct units *units_obtain(struct arena *arena, struct names *names, const struct project *project,
                           const struct pool_options *options, const char **error)
{
        int n = project->units.n;
        struct pool pool = {
            .arena = arena, .scratch = arena_new(), .names = names, .project = project, .options = options};
        pool.units = NEW(arena, struct units);
        pool.units->n = n;
        pool.units->at = NEW_ARRAY(arena, struct unit *, n);
        pool.units->costs = NEW_ARRAY(arena, struct unit_cost, n);
        pool.bytes = NEW_ARRAY(pool.scratch, struct text, n);
        pool.failure = NEW_ARRAY(pool.scratch, const char *, n);
        pool.items = NEW_ARRAY(pool.scratch, struct item, n);
        pool.unit_of = NEW_ARRAY(pool.scratch, int, n);
        const char *program = process_program(arena, error);
        if (program) {
                pool.schedule = schedule_open(pool.scratch, program, workers_of(options, n));
                if (!(*error = ask_clang(&pool)))
                        *error = obtain(&pool);
                if (*error)
                        *error = arena_strndup(arena, *error, strlen(*error));
                schedule_close(pool.schedule);
        }
        arena_drop(pool.scratch);
        return *error ? NULL : pool.units;
}
