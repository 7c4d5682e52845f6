/*
 * gil.c: who runs without the lock. Breadth first from the entry points down
 * the calls: the first way found of entering a function in a state is a
 * shortest one, and its story is the witness.
 *
 * A function entered without the lock is entered with what is known of its
 * arguments too (a callee that raises only if its argument is null), in a few
 * variants; beyond those the knowledge is dropped, never the state.
 */
#include "flow/call.h"
#include "flow/context.h"
#include "flow/infer.h"
#include "flow/outcome.h"
#include "flow/pointees.h"

#include <string.h>

struct queue {
        VEC(struct context *) list;
        VEC(struct function *) functions;
        int next;
};

struct spread {
        struct program *program;
        struct queue queue;
        struct function *function; /* whose context is being walked */
        struct context *context;
        bool host; /* the program brings the lock into being itself */
};

static bool is_covered(const struct function *function, const struct context *context)
{
        for (int i = 0; i < function->contexts.n; i++)
                if (context_covers(function->contexts.at[i], context, function->func->nparams))
                        return true;
        return false;
}

static void enter(struct spread *spread, struct function *function, struct context context)
{
        struct arena *arena = spread->program->arena;
        if (!lock_matters(function, context.gil)) {
                context.nfacts = context.napart = 0;
                context.given = NULL;
        }
        context_bound(arena, function, &context);
        if (is_covered(function, &context))
                return;
        /* Code that is known to be entered with the lock need not be looked at as assumed to be. */
        if (context.gil == GIL_ASSUMED && (function->entered & GIL_HELD)) {
                function->entered |= GIL_ASSUMED;
                return;
        }
        struct context *kept = NEW(arena, struct context);
        *kept = context;
        kept->why = steps_keep(arena, context.why);
        function->entered |= context.gil;
        VEC_PUSH(arena, &function->contexts, kept);
        VEC_PUSH(arena, &spread->queue.list, kept);
        VEC_PUSH(arena, &spread->queue.functions, function);
}

static const struct step *root_step(struct program *program, const struct function *function, struct where at,
                                    gil_set gil, const char *said)
{
        struct step *step = NEW(program->arena, struct step);
        step->kind = STEP_ENTER;
        step->at = at;
        step->func = function_name(function);
        step->said = said;
        step->state = gil == GIL_RELEASED ? "released" : "held";
        return step;
}

/* --- entry points ----------------------------------------------------------- */

static const char *entered_text(struct program *program, const struct function *function, gil_set gil,
                                const char *how)
{
        return arena_printf(program->arena, "'%s' is entered %s the GIL: %s", function_name(function),
                            gil == GIL_RELEASED ? "without" : "with", how);
}

static void enter_slot(struct spread *spread, const struct handed *handed, const struct slot *slot)
{
        struct program *program = spread->program;
        gil_set gil = slot->enters;
        if (gil != GIL_HELD && gil != GIL_RELEASED)
                return;
        const char *how = arena_printf(program->arena, "it is stored in '%s'", slot->key);
        struct context context = {.gil = gil};
        context.why = root_step(program, handed->function, handed->at, gil,
                                entered_text(program, handed->function, gil, how));
        enter(spread, handed->function, context);
}

/* A function passed to one that a model knows to call it in a state of its own: a new thread. */
static void enter_called(struct spread *spread, const struct handed *handed, const struct contract *contract)
{
        struct program *program = spread->program;
        for (int i = 0; i < contract->effects.n; i++) {
                const struct effect *effect = &contract->effects.at[i];
                bool fixed = effect->gil == GIL_HELD || effect->gil == GIL_RELEASED;
                if (effect->kind != EFFECT_CALLS || effect->at.root != handed->arg || !fixed)
                        continue;
                const char *how = arena_printf(
                    program->arena,
                    effect->time == CALL_THREAD ? "'%s' runs it on a thread of its own" : "'%s' calls it so",
                    handed->callee);
                struct context context = {.gil = effect->gil};
                context.why = root_step(program, handed->function, handed->at, effect->gil,
                                        entered_text(program, handed->function, effect->gil, how));
                enter(spread, handed->function, context);
        }
}

static void enter_handed(struct spread *spread, const struct handed *handed)
{
        struct program *program = spread->program;
        const struct slot *slot = handed->key ? models_slot(program->models, handed->key) : NULL;
        if (!handed->in && !slot)
                slot = program_slot_beside(program, handed->code, handed->event);
        if (slot)
                enter_slot(spread, handed, slot);
        const struct model *model = handed->callee ? models_find(program->models, handed->callee) : NULL;
        if (model)
                enter_called(spread, handed, &model->contract);
}

static void enter_named(struct spread *spread, struct function *function)
{
        struct program *program = spread->program;
        gil_set gil = function->exported ? models_entry(program->models, function_name(function)) : 0;
        if (!gil)
                return;
        /* A program that brings the interpreter up may do so in ways that are not seen. */
        struct context context = {.gil = gil, .unsure = !strcmp(function_name(function), "main")};
        context.why = root_step(program, function, function->at, gil,
                                entered_text(program, function, gil, "the interpreter calls it by its name"));
        enter(spread, function, context);
}

static void assume(struct spread *spread, struct function *function)
{
        struct program *program = spread->program;
        bool resumes = function->address_taken && function->resumes;
        bool anyhow = entered_anyhow(function) || (spread->host && !resumes);
        struct context context = {.gil = anyhow    ? GIL_UNKNOWN
                                         : resumes ? GIL_RELEASED
                                                   : GIL_ASSUMED,
                                  .foreign = function->address_taken && (anyhow || !resumes)};
        const char *said =
            arena_printf(program->arena,
                         anyhow    ? "'%s' may be called in either state"
                         : resumes ? "'%s' is entered without the GIL: it takes up a state saved elsewhere"
                                   : "'%s' is taken to be entered with the GIL: no caller is seen",
                         function_name(function));
        context.why = root_step(program, function, function->at, context.gil, said);
        enter(spread, function, context);
}

/* --- down the calls ---------------------------------------------------------- */

/*
 * A method of a record is called on a path that has tested another field of
 * the same record: which functions can be there may hang on that test.
 */
static bool chosen_by_record(const struct visit *visit)
{
        const struct walk *walk = visit->walk;
        if (visit->event->target < 0 || visit->only || visit->call->to.n < 2)
                return false;
        struct visit probe = *visit;
        int called = walk_value(visit->walk, &probe, visit->event->target); /* may move the list of values */
        const struct value *v = &walk->values.list.at[called];
        const struct value *slot = v->kind == VALUE_CONTENT ? &walk->values.list.at[v->a] : NULL;
        if (!slot || slot->kind != VALUE_FIELD)
                return false;
        for (int i = 0; i < visit->state->facts.n; i++) {
                const struct value *fact = &walk->values.list.at[visit->state->facts.at[i].value];
                const struct value *at = fact->kind == VALUE_CONTENT ? &walk->values.list.at[fact->a] : NULL;
                if (at && at->kind == VALUE_FIELD && at->a == slot->a && at->name != slot->name)
                        return true;
        }
        return false;
}

/* Whatever the path is, the lock is given up in this block before the event: all states that come to it are
 * alike. */
static bool released_in_block(const struct visit *visit)
{
        const struct walk *walk = visit->walk;
        for (int e = 0; e < visit->number - walk->base[visit->block]; e++) {
                const struct call *call = function_call(walk->function, visit->block, e);
                bool gives = call && call->contract && call->contract->gil.n;
                for (int c = 0; gives && c < call->contract->gil.n; c++)
                        gives = call->contract->gil.at[c].leaves_held == GIL_RELEASED;
                if (gives)
                        return true;
        }
        return false;
}

/* The pointer is an element of an array variable: data tell which, and may be any. */
static bool out_of_array(const struct func *func, int place)
{
        if (func->places.at[place].kind != PLACE_ELEM)
                return false;
        enum place_kind base = func->places.at[func->places.at[place].base].kind;
        return base == PLACE_GLOBAL || base == PLACE_LOCAL;
}

/* Some of the functions that the pointer may hold can do without the lock: perhaps whoever gave it up here,
 * or before, knows that it is one of them. The entry of a thread gave up none. */
static bool some_need_none(const struct spread *spread, const struct visit *visit)
{
        bool thread = !spread->context->depth && spread->context->gil == GIL_RELEASED;
        if (thread || out_of_array(visit->walk->func, visit->event->target))
                return false;
        for (int i = 0; i < visit->call->to.n; i++)
                if (!visit->call->to.at[i]->minds_lock)
                        return true;
        return false;
}

/*
 * One of several functions is called in either state of the lock: which one it
 * is may hang on the same condition as the state (a loop for objects where the
 * lock was kept, one for numbers where it was not). One that gives the lock up
 * itself is no such choice: its author did not know of the region.
 */
static bool chosen_with_lock(const struct spread *spread, const struct visit *visit,
                             const struct function *to)
{
        if (visit->event->target < 0 || visit->call->to.n < 2)
                return false;
        const struct node *node = &visit->walk->nodes[visit->block];
        bool held = false;
        for (int i = 0; i < node->states.n; i++)
                held |= (node->states.at[i]->gil & (GIL_HELD | GIL_ASSUMED)) != 0;
        return (!to->uses_lock && some_need_none(spread, visit)) || (held && !released_in_block(visit));
}

/* What a call does with a function: the call's arguments are its own; somebody in between calls it with what
 * is not known; it is entered at another time. */
enum manner { CALLS_IT, HAS_IT_CALLED, HANDS_IT_OUT };

static void enter_callee(struct spread *spread, const struct visit *visit, struct function *to, gil_set gil,
                         enum manner manner, bool unsure)
{
        static const char *const verbs[] = {"calls", "has a library call", "hands out"};
        struct walk *walk = visit->walk;
        struct context context = {.gil = gil};
        context.depth = manner == HANDS_IT_OUT ? 0 : spread->context->depth + 1;
        context.foreign = spread->context->foreign;
        context.library = manner != CALLS_IT;
        context.unsure = unsure || spread->context->unsure || visit->state->lost || chosen_by_record(visit) ||
                         (gil == GIL_RELEASED && chosen_with_lock(spread, visit, to));
        if (manner == CALLS_IT)
                context_facts(visit, to, &context);
        struct step *step = (struct step *)walk_step(
            walk, STEP_CALL, visit->event->at, visit->state->gil_why, "'%s' %s '%s'%s",
            function_name(walk->function), verbs[manner], function_name(to), walk_reason(walk, visit->block));
        step->state = gil == GIL_RELEASED ? "released" : "held";
        context.why = step;
        enter(spread, to, context);
}

static gil_set single(gil_set gil)
{
        if (gil & GIL_UNKNOWN)
                return GIL_UNKNOWN;
        if (gil & GIL_RELEASED)
                return gil == GIL_RELEASED ? GIL_RELEASED : GIL_UNKNOWN;
        return gil & GIL_HELD ? GIL_HELD : GIL_ASSUMED;
}

static bool is_fixed(const struct effect *effect)
{
        return effect->gil == GIL_HELD || effect->gil == GIL_RELEASED;
}

/* Functions that reach a callee which calls them: during the call, or later in a state of their own. */
static void enter_passed(struct spread *spread, const struct visit *visit, const struct contract *contract)
{
        for (int i = 0; i < contract->effects.n; i++) {
                const struct effect *effect = &contract->effects.at[i];
                if (effect->at.nsteps && !is_fixed(effect))
                        continue; /* out of a record: told where it was stored */
                if (effect->kind != EFFECT_CALLS || (effect->time != CALL_DURING && !is_fixed(effect)) ||
                    !tests_possible(visit, effect->when, effect->nwhen))
                        continue;
                gil_set gil = is_fixed(effect) ? effect->gil : single(visit->state->gil);
                int value = spot_value(visit, &effect->at);
                struct functions functions = {0};
                if (value >= 0 && gil != GIL_UNKNOWN)
                        functions_of(visit, value, &functions);
                bool rows = effect->rows.array > 0;
                bool among = effect->at.nsteps && functions.list.n > 1 &&
                             !rows; /* which of a table's: others decide */
                for (int j = 0; j < functions.list.n; j++) {
                        gil_set here = rows ? rows_state(visit, effect, functions.list.at[j]) : gil;
                        if (here == GIL_UNKNOWN)
                                continue;
                        struct state state = *visit->state; /* with where the function comes from */
                        struct visit through = *visit;
                        through.state = &state;
                        state.gil_why = stored_step(visit, functions.list.at[j], functions.from.at[j],
                                                    visit->state->gil_why);
                        enter_callee(spread, &through, functions.list.at[j], here,
                                     effect->time == CALL_DURING ? HAS_IT_CALLED : HANDS_IT_OUT, among);
                }
        }
}

/*
 * A hook calls what stands in a field that it is stored in itself: what was
 * there before it. Of the other functions that are stored in such fields each
 * is entered by where it was handed out, in the state that is meant for it.
 */
static bool calls_before(const struct visit *visit)
{
        const struct function *function = visit->walk->function;
        bool among = false;
        for (int i = 0; i < visit->call->to.n; i++) {
                among |= visit->call->to.at[i] == function;
                for (int j = 0; j < function->callers.n; j++) /* or a part of one */
                        among |= visit->call->to.at[i] == function->callers.at[j];
        }
        return among && visit->event->target >= 0 && !visit->only && visit->call->to.n > 1;
}

static void spread_call(void *data, const struct visit *visit)
{
        struct spread *spread = data;
        gil_set gil = single(visit->state->gil);
        if (gil == GIL_UNKNOWN || calls_before(visit))
                return;
        int n;
        struct function *const *targets = visit_targets(visit, &n);
        for (int i = 0; i < n; i++)
                enter_callee(spread, visit, targets[i], gil, CALLS_IT, false);
        if (visit->call->contract)
                enter_passed(spread, visit, visit->call->contract);
}

/* The lock does not change in this function: its callees are entered as it is, without a walk. */
static void spread_plain(struct spread *spread)
{
        struct function *function = spread->function;
        for (int i = 0; i < function->calls.n; i++)
                for (int j = 0; j < function->calls.at[i].to.n; j++) {
                        struct function *to = function->calls.at[i].to.at[j];
                        struct context context = {.gil = spread->context->gil,
                                                  .depth = spread->context->depth + 1};
                        context.foreign = spread->context->foreign;
                        context.unsure = spread->context->unsure;
                        if (is_covered(to, &context)) /* what is known of it says no less */
                                continue;
                        struct where at = program_where(function->unit, function->calls.at[i].event->at);
                        struct step *step = (struct step *)root_step(
                            spread->program, function, at, context.gil,
                            arena_printf(spread->program->arena, "'%s' calls '%s'", function_name(function),
                                         function_name(to)));
                        step->kind = STEP_CALL;
                        step->because = spread->context->why;
                        context.why = step;
                        enter(spread, to, context);
                }
}

struct state *context_entry(struct walk *walk, const struct context *context)
{
        struct state *state = walk_entry(walk);
        state->gil = context->gil;
        state->gil_why = context->why;
        struct event none = {.nargs = walk->func->nparams};
        struct visit visit = {.walk = walk, .state = state, .event = &none};
        visit.args = NEW_ARRAY(walk->arena, int, walk->func->nparams + 1);
        for (int i = 0; i < walk->func->nparams; i++)
                visit.args[i] = walk_param(walk, i);
        for (int i = 0; i < context->nfacts; i++) {
                int value = spot_value(&visit, &context->facts[i].of);
                if (value >= 0)
                        state_assume(state, &walk->values, value, context->facts[i].span);
        }
        for (int i = 0; i < context->napart; i++)
                state_branch(state, &walk->values,
                             value_arith(&walk->values, ARITH_NE, visit.args[context->apart[i].param],
                                         value_const(&walk->values, context->apart[i].number)),
                             true);
        for (int i = 0; context->given && i < walk->func->nparams; i++)
                if (context->given[i])
                        state_write(state, &walk->values, walk_variable(walk, walk->func->vars.at[i].place),
                                    value_of(&walk->values,
                                             (struct value){.kind = VALUE_FUNC, .name = context->given[i]}));
        return state;
}

void context_walk(struct program *program, struct function *function, const struct context *context,
                  void (*call)(void *data, const struct visit *visit), void *data)
{
        struct arena *arena = arena_new();
        struct observer observer = {.data = data, .call = call};
        struct walk walk;
        walk_init(&walk, program, function, arena, live_new(arena, function->func), FOLLOW_LOCK);
        walk_run(&walk, context_entry(&walk, context), &observer);
        arena_drop(arena);
}

static void drain(struct spread *spread)
{
        while (spread->queue.next < spread->queue.list.n) {
                spread->context = spread->queue.list.at[spread->queue.next];
                spread->function = spread->queue.functions.at[spread->queue.next++];
                if (!spread->function->calls.n)
                        continue;
                if (lock_matters(spread->function, spread->context->gil) ||
                    spread->function->passes_functions)
                        context_walk(spread->program, spread->function, spread->context, spread_call, spread);
                else
                        spread_plain(spread);
        }
}

void gil_spread(struct program *program)
{
        struct spread spread = {.program = program, .host = program_hosts(program)};
        for (int i = 0; i < program->handed.n; i++)
                enter_handed(&spread, &program->handed.at[i]);
        for (int i = 0; i < program->functions.n; i++)
                enter_named(&spread, program->functions.at[i]);
        drain(&spread);
        /* What nobody was seen to call: first what has no caller at all, then what only calls itself in
         * circles. */
        for (int pass = 0; pass < 2; pass++) {
                for (int i = 0; i < program->functions.n; i++) {
                        struct function *function = program->functions.at[i];
                        if (!function->entered && (pass || !function->callers.n))
                                assume(&spread, function);
                }
                drain(&spread);
        }
}
