/*
 * call.c: what a call does to a state, according to the contracts of what it
 * can reach. Forks only where cases differ in what the walk follows.
 */
#include "flow/walk.h"

#include <string.h>

enum { TARGETS_TOLD_APART = 4 };

static bool plain(struct span span)
{
        return span_equal(span, SPAN_ALL);
}

bool tests_possible(const struct visit *visit, const struct test *when, int n)
{
        for (int i = 0; i < n; i++) {
                int value = spot_value(visit, &when[i].of);
                if (value >= 0 &&
                    !span_overlap(state_span(visit->state, &visit->walk->values, value), when[i].span))
                        return false;
        }
        return true;
}

static bool tests_certain(const struct visit *visit, const struct test *when, int n)
{
        for (int i = 0; i < n; i++) {
                int value = spot_value(visit, &when[i].of);
                struct span rest;
                if (value < 0 || !span_rest(when[i].span, &rest) ||
                    span_overlap(state_span(visit->state, &visit->walk->values, value), rest))
                        return false;
        }
        return true;
}

/* Makes the tests and the result's span facts of the state. False: the case cannot happen here. */
static bool assume_case(struct visit *visit, const struct test *when, int n, struct span result)
{
        struct values *values = &visit->walk->values;
        for (int i = 0; i < n; i++) {
                int value = spot_value(visit, &when[i].of);
                if (value >= 0 && !state_assume(visit->state, values, value, when[i].span))
                        return false;
        }
        return plain(result) || state_assume(visit->state, values, visit->result, result);
}

void call_contracts(const struct program *program, const struct call *call, struct arena *arena,
                    struct contracts *out)
{
        if (call->contract) {
                VEC_PUSH(arena, &out->list, call->contract);
                return;
        }
        for (int i = 0; i < call->to.n; i++)
                VEC_PUSH(arena, &out->list, (const struct contract *)&call->to.at[i]->contract);
        for (int i = 0; i < call->known.n; i++)
                VEC_PUSH(arena, &out->list, &call->known.at[i]->contract);
        if (call->slot && call->slot->contract && !out->list.n)
                VEC_PUSH(arena, &out->list, (const struct contract *)call->slot->contract);
        if (out->list.n && !(call->open && call->to.n))
                return;
        const struct decl *decl = call->name ? map_get(&program->decls, MAP_KEY(call->name)) : NULL;
        struct contract *opaque = NEW(arena, struct contract);
        opaque->name = call->name;
        opaque->opaque = true;
        opaque->noreturn = decl && decl->noreturn;
        VEC_PUSH(arena, &out->list, (const struct contract *)opaque);
}

const struct model *visit_model(const struct visit *visit)
{
        if (visit->known || visit->only)
                return visit->known;
        bool one = visit->call->known.n == 1 && !visit->call->to.n;
        return one ? visit->call->known.at[0] : visit->call->model;
}

struct function *const *visit_targets(const struct visit *visit, int *n)
{
        *n = visit->only ? 1 : visit->known ? 0 : visit->call->to.n;
        return visit->only ? &visit->only : visit->call->to.at;
}

void visit_contracts(const struct visit *visit, struct arena *arena, struct contracts *out)
{
        if (visit->only)
                VEC_PUSH(arena, &out->list, (const struct contract *)&visit->only->contract);
        else if (visit->known)
                VEC_PUSH(arena, &out->list, &visit->known->contract);
        else
                call_contracts(visit->walk->program, visit->call, arena, out);
}

static struct visit fork_visit(const struct visit *visit)
{
        struct visit other = *visit;
        other.state = state_copy(visit->walk->arena, visit->state);
        return other;
}

/* --- the lock ----------------------------------------------------------- */

static gil_set leaves(const struct gil_case *c, gil_set before)
{
        gil_set after = 0;
        if (before & (GIL_HELD | GIL_ASSUMED))
                after |= c->leaves_held == GIL_HELD ? before & (GIL_HELD | GIL_ASSUMED) : c->leaves_held;
        if (before & GIL_RELEASED)
                after |= c->leaves_released;
        if (before & GIL_UNKNOWN)
                after |= c->leaves_held == c->leaves_released ? c->leaves_held : GIL_UNKNOWN;
        return after;
}

sym call_spelled(const struct program *program, const struct event *event)
{
        /* A macro that everybody knows says more than what it calls; one of the tree's own says less. */
        bool known = event->spelled && models_find(program->models, event->spelled);
        return known || !event->callee ? event->spelled : event->callee;
}

static const char *called(const struct visit *visit)
{
        const struct event *event = visit->event;
        sym name = call_spelled(visit->walk->program, event);
        if (name)
                return name;
        return place_source(visit->walk->arena, visit->walk->func, event->target);
}

static void tell_lock(struct visit *visit, const struct gil_case *c, gil_set after)
{
        struct walk *walk = visit->walk;
        struct state *state = visit->state;
        const struct step *before = state->gil_why;
        bool taken = after & (GIL_HELD | GIL_ASSUMED);
        if (c->why) {
                before =
                    walk_step(walk, STEP_CALL, visit->event->at, before, "'%s' calls '%s'%s",
                              function_name(walk->function), called(visit), walk_reason(walk, visit->block));
                state->gil_why = steps_splice(walk->arena, c->why, before);
                return;
        }
        struct step *step = (struct step *)walk_step(
            walk, taken ? STEP_ACQUIRE : STEP_RELEASE, visit->event->at, before, "'%s' %s the GIL%s",
            called(visit), taken ? "takes" : "releases", walk_reason(walk, visit->block));
        step->state = taken ? "held" : after == GIL_RELEASED ? "released" : "either";
        state->gil_why = step;
}

static void save_token(struct visit *visit, const struct gil_case *c, gil_set before)
{
        struct walk *walk = visit->walk;
        int address = spot_address(visit, &c->saves), token = visit->result;
        if (address >= 0) {
                token = value_of(&walk->values,
                                 (struct value){.kind = VALUE_OUT, .a = visit->number, .b = address});
                state_write(visit->state, &walk->values, address, token);
        }
        if (c->inferred) /* the callee has been there before: what it saved last counts */
                before = c->opens > 0 ? before : GIL_HELD;
        bool released = before & (GIL_HELD | GIL_ASSUMED);
        struct span span = c->token_null_if_same ? (released ? SPAN_NONZERO : SPAN_ZERO) : SPAN_ALL;
        state_set(visit->state, token, span, before);
}

enum { OPEN_COUNTED = 3 };

static void count_open(struct state *state, int more)
{
        if (state->open == OPEN_UNKNOWN)
                return;
        state->open += more;
        if (state->open > OPEN_COUNTED || state->open < -OPEN_COUNTED)
                state->open = OPEN_UNKNOWN;
}

/* The lock behind one case. */
static gil_set settle_lock(struct visit *visit, const struct gil_case *c)
{
        struct walk *walk = visit->walk;
        struct state *state = visit->state;
        gil_set before = state->gil, after = leaves(c, before);
        if (c->has_restores) {
                int token = spot_value(visit, &c->restores);
                gil_set saved = token >= 0 ? state_saved(state, token) : 0;
                struct spot spot;
                if (saved) {
                        after = c->inferred && !(after & GIL_UNKNOWN) ? after : saved;
                } else if (token >= 0 && spot_of(walk, token, &spot)) {
                        struct spot *kept = NEW(walk->arena, struct spot);
                        *kept = spot;
                        state->restored = kept;
                }
        }
        if (c->has_saves)
                save_token(visit, c, before);
        /* A state saved where none was attached opens nothing; a handle has to be given back in any case. */
        bool idle = after == before && c->leaves_held != GIL_HELD;
        count_open(state, c->inferred ? c->opens : (c->has_saves && !idle) - c->has_restores);
        return after;
}

static void apply_lock(struct walk *walk, struct visit *visit, const struct contract *contract,
                       struct states *out)
{
        if (!contract->gil.n) {
                VEC_PUSH(walk->arena, &out->list, visit->state);
                return;
        }
        for (int i = 0; i < contract->gil.n; i++) {
                const struct gil_case *c = &contract->gil.at[i];
                struct visit fork = fork_visit(visit);
                if (!leaves(c, fork.state->gil) || !assume_case(&fork, c->when, c->nwhen, c->result))
                        continue;
                gil_set before = fork.state->gil, after = settle_lock(&fork, c);
                if (!after)
                        continue;
                fork.state->gil = after;
                if (after != before)
                        tell_lock(&fork, c, after);
                VEC_PUSH(walk->arena, &out->list, fork.state);
        }
}

/* --- memory -------------------------------------------------------------- */

static bool spot_same(const struct spot *a, const struct spot *b)
{
        if (a->root != b->root || a->nsteps != b->nsteps || a->global != b->global)
                return false;
        for (int i = 0; i < a->nsteps; i++)
                if (a->steps[i] != b->steps[i])
                        return false;
        return true;
}

static const struct step *tell_call(struct visit *visit, enum step_kind kind, const struct step *chain,
                                    const struct step *because, const char *verb)
{
        struct walk *walk = visit->walk;
        if (!chain)
                return walk_step(walk, kind, visit->event->at, because, "'%s' %s%s", called(visit), verb,
                                 walk_reason(walk, visit->block));
        because = walk_step(walk, STEP_CALL, visit->event->at, because, "'%s' calls '%s'%s",
                            function_name(walk->function), called(visit), walk_reason(walk, visit->block));
        return steps_splice(walk->arena, chain, because);
}

/* The value that an effect leaves at its spot, and the address it is written to (-1: the result). */
static int given_value(struct visit *visit, const struct effect *effect, int *address)
{
        *address = spot_address(visit, &effect->at);
        if (*address < 0)
                return effect->at.root == SPOT_RESULT && !effect->at.nsteps ? visit->result : -1;
        return value_of(&visit->walk->values,
                        (struct value){.kind = VALUE_OUT, .a = visit->number, .b = *address});
}

static void note_origin(struct visit *visit, const struct effect *effect, int value, bool null_possible)
{
        struct walk *walk = visit->walk;
        struct origin **origin = (struct origin **)map_at(&walk->origins, (uint64_t)value + 1);
        if (!*origin)
                *origin = NEW(walk->arena, struct origin);
        (*origin)->family |= effect->family;
        (*origin)->null_possible |= null_possible;
        (*origin)->borrowed = effect->kind == EFFECT_BORROWS;
        (*origin)->call = visit->call;
        (*origin)->at = effect->at;
        if (!(*origin)->why)
                (*origin)->why = tell_call(
                    visit, STEP_ALLOC, effect->why, NULL,
                    effect->kind == EFFECT_BORROWS ? "hands out memory of another owner" : "allocates");
}

static void give(struct walk *walk, struct visit *visit, const struct contract *contract,
                 const struct effect *effect)
{
        int address, value = given_value(visit, effect, &address);
        if (value < 0)
                return;
        if (address >= 0) /* the result was made anew before the effects */
                state_renew(visit->state, &walk->values, value);
        bool null_possible = address < 0 ? contract->result_maybe_null || effect->maybe : effect->nullable;
        note_origin(visit, effect, value, null_possible);
        if (address >= 0) {
                walk_store(walk, visit, address, value);
                state_write(visit->state, &walk->values, address, value);
        }
        if (address >= 0 || contract->result_never_null)
                state_set(visit->state, value, effect->maybe || effect->nullable ? SPAN_ALL : SPAN_NONZERO,
                          0);
        if (walk->property != FOLLOW_BLOCK || walk->subject.event != visit->number ||
            walk->subject.family != effect->family || !spot_same(&walk->subject.at, &effect->at))
                return;
        struct state *state = visit->state;
        walk->subject.value = value;
        walk->subject.null_possible = null_possible;
        state->stored = address >= 0 && !value_is_local(&walk->values, address);
        state->status = effect->kind == EFFECT_BORROWS ? BLOCK_BORROWED : BLOCK_OWNED;
        state->family = effect->family;
        state->depth = 0;
        state->failed = false;
        state->why = ((struct origin *)map_get(&walk->origins, (uint64_t)value + 1))->why;
        if (effect->maybe)
                state->status = BLOCK_ESCAPED;
}

static bool is_subject(const struct visit *visit, int value, bool *exact)
{
        const struct walk *walk = visit->walk;
        if (walk->property != FOLLOW_BLOCK || walk->subject.value < 0 || value < 0 ||
            visit->state->status == BLOCK_NONE)
                return false;
        *exact = value == walk->subject.value;
        return value_within(&walk->values, value, walk->subject.value);
}

static void release(struct visit *visit, const struct effect *effect, int value, bool exact)
{
        struct walk *walk = visit->walk;
        if (walk->observer && walk->observer->release)
                walk->observer->release(walk->observer->data, visit, effect, value, exact);
        struct state *state = visit->state;
        state->why = tell_call(visit, STEP_FREE, effect->why, state->why,
                               effect->kind == EFFECT_RESIZES ? "reallocates it" : "releases it");
        state->taken = effect->family;
        state->status = effect->maybe || !exact ? BLOCK_ESCAPED : BLOCK_FREED;
}

/* Moves a value to a spot: a returned argument, a parameter stored in a field. */
static void copy_value(struct visit *visit, const struct effect *effect)
{
        struct walk *walk = visit->walk;
        int value = visit->sources[effect - visit->contract->effects.at],
            address = spot_address(visit, &effect->at);
        int from = effect->from.nsteps ? spot_address(visit, &effect->from) : -1;
        if (value < 0)
                return;
        if (address >= 0) {
                walk_store(walk, visit, address, value);
                if (from >= 0)
                        state_move(visit->state, &walk->values, address, from);
                state_write(visit->state, &walk->values, address, value);
        } else if (effect->at.root == SPOT_RESULT && !effect->at.nsteps) {
                bool exact, certain = !effect->maybe && plain(effect->result) && !effect->nwhen;
                if (certain || (!effect->maybe && is_subject(visit, value, &exact)))
                        visit->state->result = value;
                else if (is_subject(visit, value, &exact))
                        visit->state->stored = true; /* the result may be another name for it */
        }
}

static void fill(struct visit *visit, const struct effect *effect)
{
        struct walk *walk = visit->walk;
        int address, value = given_value(visit, effect, &address);
        if (value < 0)
                return;
        if (address < 0) {
                state_assume(visit->state, &walk->values, value, effect->value);
                return;
        }
        if (state_peek(visit->state, address) == value && state_saved(visit->state, value))
                return; /* this very call left a token there */
        state_renew(visit->state, &walk->values, value);
        state_set(visit->state, value, effect->value, 0);
        state_write(visit->state, &walk->values, address, value);
}

static void apply_effect(struct visit *visit, const struct contract *contract, const struct effect *effect)
{
        struct walk *walk = visit->walk;
        bool exact;
        int value;
        switch (effect->kind) {
        case EFFECT_GIVES:
        case EFFECT_BORROWS:
                give(walk, visit, contract, effect);
                break;
        case EFFECT_TAKES:
        case EFFECT_RESIZES:
                value = spot_value(visit, &effect->at);
                if (is_subject(visit, value, &exact))
                        release(visit, effect, value, exact);
                break;
        case EFFECT_KEEPS:
                if (is_subject(visit, spot_value(visit, &effect->at), &exact) &&
                    visit->state->status != BLOCK_FREED)
                        visit->state->status = BLOCK_ESCAPED;
                break;
        case EFFECT_READS:
                value = spot_value(visit, &effect->at);
                if (value >= 0)
                        walk_access(walk, visit, value);
                break;
        case EFFECT_COPIES:
                copy_value(visit, effect);
                break;
        case EFFECT_FILLS:
                fill(visit, effect);
                break;
        case EFFECT_CALLS:
                break;
        }
}

/* True when whether the effect happens matters to what the walk follows, so that the paths must fork. */
static bool matters(const struct visit *visit, const struct effect *effect)
{
        const struct walk *walk = visit->walk;
        bool exact;
        switch (effect->kind) {
        case EFFECT_GIVES:
                return walk->property == FOLLOW_BLOCK && walk->subject.event == visit->number &&
                       spot_same(&walk->subject.at, &effect->at) && (effect->at.nsteps || effect->nwhen);
        case EFFECT_TAKES:
        case EFFECT_RESIZES:
        case EFFECT_KEEPS:
                return is_subject(visit, spot_value(visit, &effect->at), &exact);
        case EFFECT_COPIES:
                return !effect->maybe && effect->at.root == SPOT_RESULT && !effect->at.nsteps &&
                       is_subject(visit, visit->sources[effect - visit->contract->effects.at], &exact);
        default:
                return false;
        }
}

static void apply_conditional(struct walk *walk, struct visit *visit, const struct contract *contract,
                              const struct effect *effect, struct states *out)
{
        struct span rest, span = effect->result;
        if (effect->kind == EFFECT_RESIZES)
                span_meet(&span, SPAN_NONZERO);
        bool conditional = !plain(span);
        if (!tests_possible(visit, effect->when, effect->nwhen)) {
                VEC_PUSH(walk->arena, &out->list, visit->state);
                return;
        }
        bool sure = tests_certain(visit, effect->when, effect->nwhen);
        if (conditional && !span_overlap(state_span(visit->state, &walk->values, visit->result), span)) {
                VEC_PUSH(walk->arena, &out->list, visit->state); /* not for this result */
                return;
        }
        if (!matters(visit, effect) || (!conditional && !effect->nwhen)) {
                apply_effect(visit, contract, effect);
                VEC_PUSH(walk->arena, &out->list, visit->state);
                return;
        }
        struct visit without = fork_visit(visit);
        if (assume_case(visit, effect->when, effect->nwhen, span)) {
                apply_effect(visit, contract, effect);
                if (!sure && effect->kind == EFFECT_GIVES)
                        visit->state->doubtful = true;
                VEC_PUSH(walk->arena, &out->list, visit->state);
        }
        bool other = conditional && span_rest(span, &rest) &&
                     state_assume(without.state, &walk->values, without.result, rest);
        bool untested = effect->nwhen == 1 && !conditional;
        if (untested) {
                int value = spot_value(&without, &effect->when[0].of);
                other = !span_rest(effect->when[0].span, &rest) || value < 0 ||
                        state_assume(without.state, &walk->values, value, rest);
        }
        if (other || effect->nwhen > 1)
                VEC_PUSH(walk->arena, &out->list, without.state);
}

/* An external function of which nothing is known may write what it gets the address of, and keep what it
 * gets. */
static void apply_opaque(struct walk *walk, struct visit *visit)
{
        bool exact;
        for (int i = 0; i < visit->event->nargs; i++) {
                int value = visit->args[i];
                if (is_subject(visit, value, &exact) && visit->state->status != BLOCK_FREED)
                        visit->state->status = BLOCK_ESCAPED;
                int base = value_base(&walk->values, value);
                bool local = walk->values.list.at[base].kind == VALUE_VAR;
                if (!local)
                        continue;
                for (int j = 0; j < visit->state->store.n; j++)
                        if (value_within(&walk->values, visit->state->store.at[j].address, value) &&
                            is_subject(visit, visit->state->store.at[j].content, &exact) &&
                            visit->state->status != BLOCK_FREED)
                                visit->state->status = BLOCK_ESCAPED;
                state_forget(visit->state, &walk->values, value, visit->number);
        }
}

static void clobber_fields(struct walk *walk, struct visit *visit)
{
        int n;
        struct function *const *targets = visit_targets(visit, &n);
        for (int t = 0; t < n; t++) {
                const struct function *to = targets[t];
                if (to->writes_all)
                        state_clobber(visit->state, &walk->values, NULL, visit->number);
                for (int i = 0; i < to->writes.n; i++)
                        state_clobber(visit->state, &walk->values, to->writes.at[i], visit->number);
        }
}

/* What the callee does to what it is given comes first; what it leaves behind is written over what it
 * changed. */
enum pass { PASS_READS, PASS_CONSUMES, PASS_LEAVES };

static enum pass pass_of(const struct effect *effect)
{
        switch (effect->kind) {
        case EFFECT_READS:
                return PASS_READS;
        case EFFECT_TAKES:
        case EFFECT_RESIZES:
        case EFFECT_KEEPS:
                return PASS_CONSUMES;
        default:
                return PASS_LEAVES;
        }
}

static void apply_effects(struct walk *walk, struct visit *visit, const struct contract *contract,
                          enum pass pass, struct states *now)
{
        for (int e = 0; e < contract->effects.n; e++) {
                struct states next = {0};
                if (pass_of(&contract->effects.at[e]) != pass)
                        continue;
                for (int i = 0; i < now->list.n; i++) {
                        visit->state = now->list.at[i];
                        apply_conditional(walk, visit, contract, &contract->effects.at[e], &next);
                }
                *now = next;
        }
}

/* Values that the callee copies are those from before it changed anything. */
static void read_sources(struct visit *visit, const struct contract *contract)
{
        visit->sources = NEW_ARRAY(visit->walk->arena, int, contract->effects.n + 1);
        for (int e = 0; e < contract->effects.n; e++)
                visit->sources[e] = contract->effects.at[e].kind == EFFECT_COPIES
                                        ? spot_value(visit, &contract->effects.at[e].from)
                                        : -1;
        visit->contract = contract;
}

/* A described function may still write the numbers that it gets the address of; blocks and tokens are
 * described. */
static void forget_written(struct walk *walk, struct visit *visit)
{
        const struct model *model = visit_model(visit);
        for (int i = 0; i < visit->event->nargs && !(model && model->pure); i++) {
                int address = visit->args[i], base = value_base(&walk->values, address);
                if (walk->values.list.at[base].kind == VALUE_VAR)
                        state_unfact(visit->state, &walk->values, address, visit->number);
        }
}

static void apply_memory(struct walk *walk, struct visit *visit, const struct contract *contract,
                         struct states *out)
{
        struct states now = {0};
        if (contract->opaque)
                apply_opaque(walk, visit);
        read_sources(visit, contract);
        VEC_PUSH(walk->arena, &now.list, visit->state);
        apply_effects(walk, visit, contract, PASS_READS, &now);
        apply_effects(walk, visit, contract, PASS_CONSUMES, &now);
        for (int i = 0; i < now.list.n; i++) {
                visit->state = now.list.at[i];
                clobber_fields(walk, visit);
        }
        for (int i = 0; i < now.list.n && (visit->call->contract || visit->known); i++) {
                visit->state = now.list.at[i];
                forget_written(walk, visit);
        }
        apply_effects(walk, visit, contract, PASS_LEAVES, &now);
        for (int i = 0; i < now.list.n; i++)
                VEC_PUSH(walk->arena, &out->list, now.list.at[i]);
}

/* Stores the result where the call's value goes. */
static void deliver(struct walk *walk, struct visit *visit)
{
        const struct model *model = visit->call->model;
        int dst = visit->event->dst;
        if (model && model->assigns_pointer && model->pointer_arg >= 0 &&
            model->pointer_arg < visit->event->nargs)
                dst = visit->event->args[model->pointer_arg]; /* the macro assigns the pointer it is given */
        if (dst < 0)
                return;
        int address = walk_address(walk, visit, dst);
        int result = visit->state->result;
        walk_store(walk, visit, address, result);
        state_move(visit->state, &walk->values, address, result);
        state_write(visit->state, &walk->values, address, result);
}

static void apply(struct walk *walk, const struct visit *before, const struct contract *contract,
                  struct states *out)
{
        struct visit visit = fork_visit(before);
        visit.state->result = visit.result;
        if (contract->noreturn)
                return;
        if (contract->result_never_null)
                state_assume(visit.state, &walk->values, visit.result, SPAN_NONZERO);
        struct states locked = {0}, done = {0};
        if (walk->property == FOLLOW_LOCK)
                apply_lock(walk, &visit, contract, &locked);
        else
                VEC_PUSH(walk->arena, &locked.list, visit.state);
        int result = visit.result;
        for (int i = 0; i < locked.list.n; i++) {
                visit.state = locked.list.at[i];
                apply_memory(walk, &visit, contract, &done);
        }
        for (int i = 0; i < done.list.n; i++) {
                visit.state = done.list.at[i];
                deliver(walk, &visit);
                VEC_PUSH(walk->arena, &out->list, visit.state);
        }
        visit.result = result;
}

/* The block followed is about to be made anew by the same event: the walk goes on with the new one. */
static void next_round(struct walk *walk, struct visit *visit)
{
        state_renew(visit->state, &walk->values, visit->result);
        if (walk->property == FOLLOW_BLOCK && walk->subject.event == visit->number)
                visit->state->status = BLOCK_NONE;
}

void walk_call(struct walk *walk, struct visit *visit, struct states *out)
{
        const struct event *event = visit->event;
        visit->call = function_call(walk->function, visit->block, visit->number - walk->base[visit->block]);
        visit->args = NEW_ARRAY(walk->arena, int, event->nargs + 1);
        for (int i = 0; i < event->nargs; i++)
                visit->args[i] = walk_value(walk, visit, event->args[i]);
        visit->only = NULL;
        visit->known = NULL;
        if (event->target >= 0) {
                int called_value = walk_value(walk, visit, event->target); /* may move the list of values */
                const struct value *target = &walk->values.list.at[called_value];
                if (target->kind == VALUE_FUNC)
                        visit->only = program_resolve(walk->program, walk->function->unit, target->name);
                if (target->kind == VALUE_FUNC && !visit->only)
                        visit->known = models_find(walk->program->models, target->name);
        }
        visit->result = value_of(&walk->values, (struct value){.kind = VALUE_RESULT, .a = visit->number});
        next_round(walk, visit);
        if (walk->observer && walk->observer->call)
                walk->observer->call(walk->observer->data, visit);
        if (event->noreturn)
                return;
        struct contracts contracts = {0};
        visit_contracts(visit, walk->arena, &contracts);
        if (contracts.list.n > TARGETS_TOLD_APART && walk->property != FOLLOW_LOCK) {
                apply_opaque(walk, visit);
                visit->state->result = visit->result;
                deliver(walk, visit);
                VEC_PUSH(walk->arena, &out->list, visit->state);
                return;
        }
        for (int i = 0; i < contracts.list.n; i++)
                apply(walk, visit, contracts.list.at[i], out);
}
