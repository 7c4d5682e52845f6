/* locks.c: see locks.h. */
#include "query/locks.h"

#include "flow/call.h"
#include "flow/context.h"

#include <string.h>

struct scan {
        struct arena *arena;
        struct program *program;
        struct locks *locks;
        struct function_locks *now;
        struct map kept; /* step -> its copy, so that stories share their tails */
        VEC(struct uncertain {
                struct function *function;
                const struct step *why;
                bool doubt; /* only perhaps: its address is given away */
        })
        uncertain; /* functions that are called where the state is not known */
        bool doubting;
};

const struct lock_point *lock_at(const struct locks *locks, const struct function *function, int block,
                                 int index)
{
        const struct function_locks *found = &locks->at[function->index];
        return &found->points[found->first[block] + index];
}

/* --- stories that outlive their walk ---------------------------------------- */

static const struct step *keep(struct scan *scan, const struct step *step)
{
        if (!step)
                return NULL;
        struct step *copy = map_get(&scan->kept, MAP_KEY(step));
        if (copy)
                return copy;
        const struct step *because = keep(scan, step->because);
        copy = NEW(scan->arena, struct step);
        *copy = *step;
        copy->said = arena_strndup(scan->arena, step->said, strlen(step->said));
        copy->because = because;
        *map_at(&scan->kept, MAP_KEY(step)) = copy;
        return copy;
}

static void note(struct scan *scan, struct lock_point *point, gil_set states, const struct step *why)
{
        static const gil_set bits[LOCK_STATES] = {GIL_HELD, GIL_RELEASED, GIL_ASSUMED, GIL_UNKNOWN};
        if (scan->doubting) {
                if ((states & GIL_UNKNOWN) && !point->doubt)
                        point->doubt = keep(scan, why);
                return;
        }
        for (int i = 0; i < LOCK_STATES; i++)
                if ((states & bits[i]) && !point->why[i])
                        point->why[i] = keep(scan, why);
        point->states |= states;
        point->observed = true;
}

/* --- functions in which the lock changes: what a walk observes ---------------- */

static struct lock_point *point_of(const struct scan *scan, const struct visit *visit)
{
        const struct block *block = &visit->walk->func->blocks.at[visit->block];
        bool inside = visit->event >= block->events.at && visit->event < block->events.at + block->events.n;
        int index = inside ? (int)(visit->event - block->events.at) : block->events.n;
        return &scan->now->points[scan->now->first[visit->block] + index];
}

static void observe(struct scan *scan, const struct visit *visit)
{
        note(scan, point_of(scan, visit), visit->state->gil, visit->state->gil_why);
}

static void add_uncertain(struct scan *scan, struct function *function, const struct step *why, bool doubt)
{
        for (int i = 0; i < scan->uncertain.n; i++)
                if (scan->uncertain.at[i].function == function && scan->uncertain.at[i].doubt == doubt)
                        return;
        VEC_PUSH(scan->arena, &scan->uncertain, (struct uncertain){function, why, doubt});
}

static void on_call(void *data, const struct visit *visit)
{
        struct scan *scan = data;
        gil_set gil = visit->state->gil;
        observe(scan, visit);
        /* gil_spread follows single states only; where a state is lost, callees must not look certain. */
        bool mixed = (gil & GIL_RELEASED) && gil != GIL_RELEASED;
        if (!(gil & GIL_UNKNOWN) && !mixed)
                return;
        for (int i = 0; i < visit->call->to.n; i++) {
                struct function *to = visit->call->to.at[i];
                const struct step *step =
                    walk_step(visit->walk, STEP_CALL, visit->event->at, visit->state->gil_why,
                              "'%s' calls '%s' in a lock state that is not known",
                              function_name(visit->walk->function), function_name(to));
                add_uncertain(scan, to, keep(scan, step), scan->doubting);
        }
}

static void on_deref(void *data, const struct visit *visit, int pointer)
{
        (void)pointer;
        if (visit->event->kind != EVENT_CALL) /* what a call reads may be told in the state behind it */
                observe(data, visit);
}

static void on_store(void *data, const struct visit *visit, int address, int old, int content)
{
        (void)address;
        (void)old;
        (void)content;
        if (visit->event->kind != EVENT_CALL) /* a call stores its result in the state behind it */
                observe(data, visit);
}

static void on_exit(void *data, struct walk *walk, struct state *state, int value, struct loc at, int block)
{
        struct scan *scan = data;
        int last = scan->now->first[block] + walk->func->blocks.at[block].events.n;
        (void)value;
        (void)at;
        note(scan, &scan->now->points[last], state->gil, state->gil_why);
}

/* What is true where each block begins. */
static void note_entries(struct scan *scan, const struct walk *walk)
{
        for (int b = 0; b < walk->func->blocks.n; b++) {
                const struct node *node = &walk->nodes[b];
                for (int i = 0; i < node->states.n; i++)
                        note(scan, &scan->now->points[scan->now->first[b]], node->states.at[i]->gil,
                             node->states.at[i]->gil_why);
        }
}

static void walk_context(struct scan *scan, struct function *function, const struct live *live,
                         const struct context *context)
{
        struct arena *arena = arena_new();
        struct observer observer = {
            .data = scan, .call = on_call, .deref = on_deref, .store = on_store, .exit = on_exit};
        struct walk walk;
        map_init(&scan->kept, arena);
        walk_init(&walk, scan->program, function, arena, live, FOLLOW_LOCK);
        walk_run(&walk, context_entry(&walk, context), &observer);
        note_entries(scan, &walk);
        arena_drop(arena);
}

/*
 * Points that no observer speaks of: between two calls nothing changes the
 * lock, so the one before tells; behind the last call of a block what follows
 * tells. Later blocks are filled first where the order allows it.
 */
static void fill_block(struct function_locks *locks, const struct func *func, int b)
{
        const struct block *block = &func->blocks.at[b];
        struct lock_point *points = &locks->points[locks->first[b]];
        int n = block->events.n;
        for (int e = 1; e <= n; e++)
                if (!points[e].observed && block->events.at[e - 1].kind != EVENT_CALL)
                        points[e] = points[e - 1];
        if (!points[n].observed && points[0].states)
                for (int i = 0; i < block->next.n; i++) {
                        const struct lock_point *next = &locks->points[locks->first[block->next.at[i]]];
                        points[n].states |= next->states;
                        for (int s = 0; s < LOCK_STATES; s++)
                                points[n].why[s] = points[n].why[s] ? points[n].why[s] : next->why[s];
                }
        for (int e = n - 1; e > 0; e--)
                if (!points[e].observed && !points[e].states)
                        points[e] = points[e + 1];
}

/* --- functions in which it does not ------------------------------------------- */

/* True when every call in the function gives the lock back as it was, whatever happens inside of it. */
static bool is_steady(const struct scan *scan, const struct function *function)
{
        if (!function->uses_lock)
                return true;
        struct arena *arena = arena_new();
        bool steady = true;
        for (int i = 0; i < function->calls.n && steady; i++) {
                struct contracts contracts = {0};
                call_contracts(scan->program, &function->calls.at[i], arena, &contracts);
                for (int c = 0; c < contracts.list.n; c++)
                        steady &= !contract_changes_lock(contracts.list.at[c]);
        }
        arena_drop(arena);
        return steady;
}

static void plain_context(struct scan *scan, const struct function *function, const struct live *live,
                          const struct context *context)
{
        struct function_locks *locks = scan->now;
        for (int o = 0; o < live->order->n; o++) {
                int b = live->order->at[o];
                for (int e = 0; e <= function->func->blocks.at[b].events.n; e++)
                        note(scan, &locks->points[locks->first[b] + e], context->gil, context->why);
        }
}

static void scan_context(struct scan *scan, struct function *function, const struct context *context)
{
        struct arena *arena = arena_new();
        const struct live *live = live_new(arena, function->func);
        scan->now = &scan->locks->at[function->index];
        /* where the lock is missing, it matters which branches the arguments leave open */
        if (!scan->now->steady || context->gil == GIL_RELEASED) {
                walk_context(scan, function, live, context);
                scan->now->walked = true;
        } else {
                map_init(&scan->kept, arena);
                plain_context(scan, function, live, context);
        }
        arena_drop(arena);
}

static void scan_function(struct scan *scan, struct function *function)
{
        struct function_locks *locks = &scan->locks->at[function->index];
        const struct func *func = function->func;
        locks->function = function;
        locks->steady = is_steady(scan, function);
        locks->first = NEW_ARRAY(scan->arena, int, func->blocks.n + 1);
        for (int b = 0; b < func->blocks.n; b++) {
                locks->first[b] = locks->npoints;
                locks->npoints += func->blocks.at[b].events.n + 1;
        }
        locks->points = NEW_ARRAY(scan->arena, struct lock_point, locks->npoints + 1);
        for (int c = 0; c < function->contexts.n; c++)
                scan_context(scan, function, function->contexts.at[c]);
}

/* Later blocks first: what is behind a block may have to tell how it ends. */
static void fill_function(struct function_locks *locks)
{
        struct arena *arena = arena_new();
        const struct live *live = live_new(arena, locks->function->func);
        for (int o = live->order->n - 1; locks->walked && o >= 0; o--)
                fill_block(locks, locks->function->func, live->order->at[o]);
        arena_drop(arena);
}

/* --- what nobody vouches for --------------------------------------------------- */

/* Whoever is called where the state is not known starts in one that is not known. */
static void spread_uncertain(struct scan *scan)
{
        for (int i = 0; i < scan->uncertain.n; i++) {
                struct uncertain now = scan->uncertain.at[i];
                struct context context = {.gil = GIL_UNKNOWN, .why = now.why};
                scan->doubting = now.doubt;
                scan_context(scan, now.function, &context);
                bool plain = scan->locks->at[now.function->index].steady;
                for (int c = 0; plain && c < now.function->calls.n; c++)
                        for (int t = 0; t < now.function->calls.at[c].to.n; t++)
                                add_uncertain(scan, now.function->calls.at[c].to.at[t], now.why, now.doubt);
        }
        scan->doubting = false;
}

/* Some slot was found for this very place: gil_spread entered the function from it. */
static bool entered_from(const struct handed *handed)
{
        for (int i = 0; i < handed->function->contexts.n; i++) {
                const struct context *context = handed->function->contexts.at[i];
                if (!context->depth && context->gil != GIL_ASSUMED && context->why &&
                    context->why->at.file == handed->at.file && context->why->at.line == handed->at.line)
                        return true;
        }
        return false;
}

/* The model of a callee tells in which state it calls what it is given as argument ARG. */
static bool call_is_told(const struct model *model, int arg)
{
        for (int i = 0; i < model->contract.effects.n; i++) {
                const struct effect *effect = &model->contract.effects.at[i];
                if (effect->kind == EFFECT_CALLS && effect->at.root == arg)
                        return effect->gil == GIL_HELD || effect->gil == GIL_RELEASED ||
                               (effect->time == CALL_DURING && !effect->gil);
        }
        return false;
}

static bool slot_is_told(const struct slot *slot)
{
        return slot->enters == GIL_HELD || slot->enters == GIL_RELEASED;
}

/* True when a model, or the tree, tells when and in what state the function is called. */
static bool understood(const struct program *program, const struct handed *handed)
{
        const struct slot *slot = handed->key ? models_slot(program->models, handed->key) : NULL;
        if (entered_from(handed) || slot)
                return !slot || slot_is_told(slot);
        if (!handed->callee) /* a variable or field of the tree: calls through it are resolved */
                return handed->key &&
                       (*handed->key == '$' || strchr(handed->key, '|') || !strchr(handed->key, '.'));
        const struct model *model = models_find(program->models, handed->callee);
        if (model)
                return call_is_told(model, handed->arg);
        return handed->in && program_resolve(program, handed->in->unit, handed->callee);
}

static void note_foreign(struct scan *scan)
{
        for (int i = 0; i < scan->program->handed.n; i++) {
                const struct handed *handed = &scan->program->handed.at[i];
                if (understood(scan->program, handed))
                        continue;
                struct step *step = NEW(scan->arena, struct step);
                step->kind = STEP_ENTER;
                step->at = handed->at;
                step->func = handed->in ? function_name(handed->in) : NULL;
                step->said = arena_printf(
                    scan->arena, "'%s' is given to '%s', and nothing tells in which state it is called",
                    function_name(handed->function), handed->callee ? handed->callee : "a pointer");
                add_uncertain(scan, handed->function, step, true);
        }
}

struct locks *locks_find(struct arena *arena, struct program *program)
{
        struct scan scan = {.arena = arena, .program = program, .locks = NEW(arena, struct locks)};
        scan.locks->program = program;
        scan.locks->at = NEW_ARRAY(arena, struct function_locks, program->functions.n + 1);
        for (int i = 0; i < program->functions.n; i++)
                scan_function(&scan, program->functions.at[i]);
        note_foreign(&scan);
        spread_uncertain(&scan);
        for (int i = 0; i < program->functions.n; i++)
                fill_function(&scan.locks->at[i]);
        return scan.locks;
}
