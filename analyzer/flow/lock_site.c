/*
 * lock_site.c: every call and every exit, in the lock states that reach them.
 */
#include "flow/context.h"
#include "flow/call.h"
#include "flow/outcome.h"
#include "flow/site.h"

#include <string.h>

struct lock_asking {
        struct asking *asking;
        const struct context *context;
        VEC(struct site) exits; /* of one walk: kept until all are known */
        struct outcomes outcomes;
        struct arena *arena;
        bool drops; /* the function drops tokens */
};

/* The states in which a call is allowed: those of every case that its arguments permit. */
static gil_set needs_of(const struct visit *visit, const struct contract *contract)
{
        gil_set needs = 0;
        bool any = false;
        for (int i = 0; i < contract->gil.n; i++) {
                const struct gil_case *c = &contract->gil.at[i];
                if (!tests_possible(visit, c->when, c->nwhen))
                        continue;
                needs |= c->needs;
                any = true;
        }
        if (needs & GIL_HELD)
                needs |= GIL_ASSUMED;
        return any ? needs : GIL_ANY | GIL_UNKNOWN;
}

static bool changes_lock(const struct contract *contract)
{
        for (int i = 0; i < contract->gil.n; i++) {
                const struct gil_case *c = &contract->gil.at[i];
                if (c->has_saves || c->has_restores || c->leaves_held != c->leaves_released)
                        if (c->has_saves || c->has_restores || c->leaves_held == GIL_RELEASED ||
                            c->leaves_released == GIL_HELD)
                                return true;
        }
        return false;
}

static bool own_token(const struct visit *visit, const struct contract *contract)
{
        for (int i = 0; i < contract->gil.n; i++) {
                if (!contract->gil.at[i].has_restores)
                        continue;
                int token = spot_value(visit, &contract->gil.at[i].restores);
                if (token >= 0 && state_saved(visit->state, value_base(&visit->walk->values, token)))
                        return true;
        }
        return false;
}

/* A handle is given back while one that was taken later is open, and it tells another state: they nest. */
static bool crosses(const struct visit *visit, const struct contract *contract)
{
        for (int i = 0; i < contract->gil.n; i++) {
                const struct gil_case *c = &contract->gil.at[i];
                int token = c->has_restores ? spot_value(visit, &c->restores) : -1;
                if (token >= 0 && token_crosses(visit->state, token))
                        return true;
        }
        return false;
}

static void lock_call(void *data, const struct visit *visit)
{
        struct lock_asking *lock = data;
        struct site site = site_at(lock->asking, visit);
        const struct function *body = visit->only              ? visit->only
                                      : visit->call->to.n == 1 ? visit->call->to.at[0]
                                                               : NULL;
        const struct contract *contract = visit->call->contract ? visit->call->contract
                                          : site.model          ? &site.model->contract
                                          : body                ? &body->contract
                                                                : NULL;
        site.crosses = contract && crosses(visit, contract);
        if (!contract || (!site.model && !site.crosses))
                return;
        site.gil = visit->state->gil;
        site.why = visit->state->gil_why;
        site.needs = needs_of(visit, contract);
        site.changes_lock = changes_lock(contract);
        site.own_token = own_token(visit, contract);
        if (site.changes_lock && visit->walk->func->uses_setjmp && !visit->walk->jumps)
                return; /* which of its two returns led here is not known */
        if (visit->walk->overrun || lock->context->unsure || (site.changes_lock && lock->context->foreign))
                site.confidence = CONFIDENCE_MEDIUM;
        site_ask(lock->asking, ON_CALL, &site);
}

static void lock_exit(void *data, struct walk *walk, struct state *state, int value, struct loc at, int block)
{
        struct lock_asking *lock = data;
        struct outcome *outcome = outcome_add(&lock->outcomes, walk, state, value);
        struct event event = {.kind = EVENT_USE, .at = {at, 0, 0}};
        struct visit visit = {.walk = walk, .state = state, .event = &event};
        struct site site = site_at(lock->asking, &visit);
        (void)block;
        outcome->leaves = state->gil;
        site.gil = state->gil;
        site.why = state->gil_why;
        /* A saved state in whose place another one is attached now is no handle: nobody waits for it. */
        bool replaced = state->open > 0 && state->gil != GIL_RELEASED && !state->handles.n;
        bool open = state->open > 0 && state->open != OPEN_UNKNOWN && !replaced;
        outcome->kind = state->open == OPEN_UNKNOWN || replaced ? 0 : state->open;
        site.own_token = open && !lock->drops && !lock_token(walk, state, value);
        bool sure = site.own_token && lock->context->gil != GIL_RELEASED; /* lost, however it was entered */
        if (walk->overrun || (!sure && (lock->context->unsure || lock->context->foreign)))
                site.confidence = CONFIDENCE_MEDIUM;
        VEC_PUSH(lock->arena, &lock->exits, site);
}

/* It leaves a region open whose token nobody gets. */
static bool opens_for_good(const struct function *function)
{
        const struct contract *contract = &function->contract;
        for (int c = 0; c < contract->gil.n; c++)
                if (contract->gil.at[c].inferred && contract->gil.at[c].opens > 0 &&
                    !contract->gil.at[c].has_saves)
                        return true;
        return false;
}

/* The token of a call is dropped in so many words, here or in what is called: whoever takes the lock back has
 * the state from elsewhere. */
static bool drops_tokens(const struct function *function)
{
        for (int i = 0; i < function->calls.n; i++) {
                const struct call *call = &function->calls.at[i];
                for (int t = 0; t < call->to.n; t++)
                        if (opens_for_good(call->to.at[t]))
                                return true;
                for (int c = 0; call->contract && call->event->dst < 0 && c < call->contract->gil.n; c++)
                        if (call->contract->gil.at[c].has_saves &&
                            call->contract->gil.at[c].saves.root == SPOT_RESULT)
                                return true;
        }
        return false;
}

static bool is_root(const struct context *context)
{
        return context->depth == 0 && context->gil != GIL_ASSUMED;
}

/*
 * Code outside enters the function, which gives its handle back on another way
 * out: nobody else does it for this one, wherever the handle is kept. One that
 * only gives back on some ways keeps the balance with another call of it.
 */
static bool forgets(const struct lock_asking *lock, const struct function *function, int i)
{
        const struct contract *contract = &function->contract;
        bool closed = false, gives = false;
        if (!lock->context->foreign || lock->context->depth || lock->outcomes.list.at[i].kind <= 0)
                return false;
        for (int c = 0; c < contract->gil.n; c++)
                closed |= !contract->gil.at[c].opens && contract->gil.at[c].leaves_released &&
                          contract->gil.at[c].why;
        for (int j = 0; j < lock->outcomes.list.n; j++)
                gives |= lock->outcomes.list.at[j].kind < 0;
        return closed && !gives;
}

/* A library calls the function without the lock; here it is taken and kept, on another way out given back. */
static bool uneven(const struct lock_asking *lock, int i)
{
        const struct context *context = lock->context;
        if (!context->library || context->gil != GIL_RELEASED || lock->outcomes.list.at[i].leaves != GIL_HELD)
                return false;
        for (int j = 0; j < lock->outcomes.list.n; j++)
                if (lock->outcomes.list.at[j].leaves == GIL_RELEASED && lock->exits.at[j].why != context->why)
                        return true;
        return false;
}

/* A token that stays in the function is lost with it. One that leaves it opens a region on purpose; so does a
 * wrapper all of whose exits agree. */
static bool on_purpose(const struct lock_asking *lock, const struct function *function, int i)
{
        const struct contract *contract = &function->contract;
        if (lock->exits.at[i].own_token)
                return false;
        if (lock->context->gil == GIL_UNKNOWN) /* a caller in a state of his own may be who closes it */
                return true;
        if (is_root(lock->context) || forgets(lock, function, i) || uneven(lock, i))
                return false;
        for (int c = 0; c < contract->gil.n; c++)
                if (contract->gil.at[c].has_saves || contract->gil.at[c].has_restores)
                        return true;
        struct condition condition =
            outcome_condition(lock->arena, &lock->outcomes, &lock->outcomes.list.at[i]);
        return !condition.maybe;
}

static void judge_exits(struct lock_asking *lock, const struct function *function)
{
        bool held_in = lock->context->gil & (GIL_HELD | GIL_ASSUMED);
        bool released_in = lock->context->gil == GIL_RELEASED;
        if (!strcmp(function_name(function), "main") && function->exported)
                return; /* the process ends with it */
        for (int i = 0; i < lock->exits.n; i++) {
                struct site *site = &lock->exits.at[i];
                const struct outcome *outcome = &lock->outcomes.list.at[i];
                bool held_out = outcome->leaves == GIL_HELD || outcome->leaves == GIL_ASSUMED;
                bool released_out = outcome->leaves == GIL_RELEASED;
                if (held_in && released_out)
                        site->exit = EXIT_EVENT_RELEASED;
                else if (released_in && held_out)
                        site->exit = EXIT_EVENT_HELD;
                else if (outcome->kind > 0)
                        site->exit = EXIT_EVENT_OPEN;
                else
                        continue;
                if (forgets(lock, function, i) && !lock->context->unsure)
                        site->confidence = CONFIDENCE_HIGH;
                if (!on_purpose(lock, function, i))
                        site_ask(lock->asking, ON_EXIT, site);
        }
}

static void walk_context(struct asking *asking, struct function *function, const struct context *context)
{
        struct arena *arena = arena_new();
        const struct live *live = live_new(arena, function->func);
        struct lock_asking lock = {
            .asking = asking, .context = context, .arena = arena, .drops = drops_tokens(function)};
        struct observer observer = {.data = &lock, .call = lock_call, .exit = lock_exit};
        struct walk walk;
        walk_init(&walk, asking->program, function, arena, live, FOLLOW_LOCK);
        walk_run(&walk, context_entry(&walk, context), &observer);
        judge_exits(&lock, function);
        arena_drop(arena);
}

static void function_locks(struct asking *asking, struct function *function, void *data)
{
        (void)data;
        for (int c = 0; c < function->contexts.n; c++)
                if (lock_matters(function, function->contexts.at[c]->gil))
                        walk_context(asking, function, function->contexts.at[c]);
}

void lock_sites(struct asking *asking)
{
        asking_functions(asking, function_locks, NULL);
}
