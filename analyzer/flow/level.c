/*
 * level.c: contracts_infer. The call graph is gone through level by level: a
 * function stands one level above its callees, so that those of one level need
 * nothing of each other and are walked by several threads. Each works on a copy of
 * its function; copies and logs are put in place when the level is done, in
 * order, so that the result does not depend on who was first. Functions that
 * call themselves in circles follow one by one.
 */
#include "base/crew.h"
#include "flow/elements.h"
#include "flow/infer.h"

enum { ROUNDS = 2 };

struct tier {
        struct program *program;
        struct program *workers; /* a copy each, with memory of its own */
        struct arena **arenas;
        struct function *const *functions;
        struct function *copies; /* per function of the level */
        struct cell_log *logs;
};

static void infer_copy(void *data, int worker, int item)
{
        struct tier *tier = data;
        struct program *program = &tier->workers[worker];
        tier->copies[item] = *tier->functions[item];
        program->log = &tier->logs[item];
        function_infer(program, &tier->copies[item]);
}

/* N functions that do not call each other. */
static void infer_apart(struct tier *tier, struct function *const *functions, int n)
{
        struct program *program = tier->program;
        struct arena *arena = arena_new();
        int size = crew_size(program->threads, n);
        tier->functions = functions;
        tier->copies = NEW_ARRAY(arena, struct function, n);
        tier->logs = NEW_ARRAY(arena, struct cell_log, n);
        for (int i = 0; i < size; i++) {
                tier->workers[i] = *program; /* the cells may have grown */
                tier->workers[i].arena = tier->arenas[i];
                map_init(&tier->workers[i].variants, tier->arenas[i]);
        }
        names_share(program->names, size > 1);
        crew_run(program->threads, n, infer_copy, tier);
        names_share(program->names, false);
        for (int i = 0; i < n; i++) {
                *functions[i] = tier->copies[i];
                cells_put(program, &tier->logs[i]);
        }
        arena_drop(arena);
}

/* The functions of one cycle, or one that calls itself. */
static void infer_cycle(struct tier *tier, struct function *const *functions, int n)
{
        struct program *program = tier->program;
        for (int round = 0; round < ROUNDS; round++)
                for (int i = 0; i < n; i++) {
                        struct cell_log log = {0};
                        program->log = &log;
                        map_init(&program->variants, program->arena); /* the cells may have grown */
                        function_infer(program, functions[i]);
                        cells_put(program, &log);
                }
        program->log = NULL;
}

/* What FUNCTION has to wait for stands above LEVEL; the level that follows from CALLEE. */
static int above(const int *levels, const struct function *function, const struct function *callee, int level)
{
        bool waits = callee && callee->component != function->component;
        return waits && levels[callee->component] >= level ? levels[callee->component] + 1 : level;
}

/* How far above functions without callees each component stands. Callees come first in the order; those that
 * a call is given are among them. */
static int *component_levels(const struct program *program, struct arena *arena, int *nlevels)
{
        int *levels = NEW_ARRAY(arena, int, program->order.n + 1);
        *nlevels = 0;
        for (int i = 0; i < program->order.n; i++) {
                const struct function *function = program->order.at[i];
                int *mine = &levels[function->component];
                for (int c = 0; c < function->calls.n; c++) {
                        const struct call *call = &function->calls.at[c];
                        for (int t = 0; t < call->to.n; t++)
                                *mine = above(levels, function, call->to.at[t], *mine);
                        for (int g = 0; g < call->given.n; g++)
                                *mine = above(levels, function, call->given.at[g].function, *mine);
                }
                if (*mine >= *nlevels)
                        *nlevels = *mine + 1;
        }
        return levels;
}

struct rank {
        VEC(struct function *) apart, cycles; /* of one level; functions of one cycle stand together */
};

static void infer_level(struct tier *tier, const struct rank *rank)
{
        if (rank->apart.n)
                infer_apart(tier, rank->apart.at, rank->apart.n);
        for (int first = 0, next; first < rank->cycles.n; first = next) {
                int component = rank->cycles.at[first]->component;
                for (next = first; next < rank->cycles.n && rank->cycles.at[next]->component == component;)
                        next++;
                infer_cycle(tier, &rank->cycles.at[first], next - first);
        }
}

void contracts_infer(struct program *program)
{
        struct arena *arena = arena_new();
        int nlevels, size = crew_size(program->threads, program->functions.n);
        const int *levels = component_levels(program, arena, &nlevels);
        struct rank *ranks = NEW_ARRAY(arena, struct rank, nlevels + 1);
        for (int i = 0; i < program->order.n; i++) {
                struct function *function = program->order.at[i];
                struct rank *rank = &ranks[levels[function->component]];
                if (function->recursive)
                        VEC_PUSH(arena, &rank->cycles, function);
                else
                        VEC_PUSH(arena, &rank->apart, function);
        }
        struct tier tier = {.program = program};
        tier.workers = NEW_ARRAY(arena, struct program, size);
        tier.arenas = NEW_ARRAY(arena, struct arena *, size);
        for (int i = 0; i < size; i++)
                tier.arenas[i] = arena_child(program->arena);
        for (int i = 0; i < nlevels; i++)
                infer_level(&tier, &ranks[i]);
        elements_settle(program);
        arena_drop(arena);
}
