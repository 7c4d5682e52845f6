/*
 * call.c: what a call does to a state, according to the contracts of what it
 * can reach. Forks only where cases differ in what the walk follows.
 */
#include "flow/call.h"
#include "flow/jump.h"
#include "flow/outdate.h"

#include <string.h>

bool span_is_plain(struct span span)
{
        return span_equal(span, SPAN_ALL);
}

/* The value that TEST asks for. A number that is passed becomes what the parameter holds. */
int value_asked(const struct visit *visit, const struct test *test)
{
        struct values *values = &visit->walk->values;
        int value = spot_value(visit, &test->of), arg = test->of.root;
        const struct function *to = visit->only         ? visit->only
                                    : visit->call->to.n ? visit->call->to.at[0]
                                                        : NULL;
        if (value < 0 || test->of.nsteps || arg < 0 || values->list.at[value].kind != VALUE_CONST || !to ||
            arg >= to->func->nparams)
                return value;
        int64_t number = values->list.at[value].number;
        return number_held(to->func->vars.at[arg].type, &number) ? value_const(values, number) : -1;
}

/* The value that TEST asks for, as it was before the call: what the call changed is not asked. */
int test_value(const struct visit *visit, const struct test *test)
{
        const struct contract *contract = visit->tested ? visit->contract : NULL;
        for (int e = 0; contract && e < contract->effects.n; e++) {
                const struct effect *effect = &contract->effects.at[e];
                if (test >= effect->when && test < effect->when + effect->nwhen)
                        return visit->tested[e][test - effect->when];
        }
        return value_asked(visit, test);
}

bool tests_possible(const struct visit *visit, const struct test *when, int n)
{
        for (int i = 0; i < n; i++) {
                int value = test_value(visit, &when[i]);
                if (value >= 0 &&
                    !span_overlap(state_span(visit->state, &visit->walk->values, value), when[i].span))
                        return false;
        }
        return true;
}

bool tests_certain(const struct visit *visit, const struct test *when, int n)
{
        for (int i = 0; i < n; i++) {
                int value = test_value(visit, &when[i]);
                struct span rest;
                if (value < 0 || !span_rest(when[i].span, &rest) ||
                    span_overlap(state_span(visit->state, &visit->walk->values, value), rest))
                        return false;
        }
        return true;
}

/* Makes the tests and the result's span facts of the state. False: the case cannot happen here. */
bool case_assume(struct visit *visit, const struct test *when, int n, struct span result)
{
        struct values *values = &visit->walk->values;
        for (int i = 0; i < n; i++) {
                int value = test_value(visit, &when[i]);
                if (value >= 0 && !state_assume(visit->state, values, value, when[i].span))
                        return false;
        }
        return span_is_plain(result) || state_assume(visit->state, values, visit->result, result);
}

void call_contracts(const struct program *program, const struct call *call, struct arena *arena,
                    struct contracts *out)
{
        if (call->contract) {
                VEC_PUSH(arena, &out->list, call->contract);
                return;
        }
        if (call->variant) {
                VEC_PUSH(arena, &out->list, call->variant);
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
        opaque->unread = program->unread && decl && *decl->header != '<';
        opaque->opaque = !declared_apply(program, arena, call->name, opaque);
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
        if (visit->drop)
                VEC_PUSH(arena, &out->list, visit->drop->contract);
        else if (visit->only)
                VEC_PUSH(arena, &out->list, (const struct contract *)&visit->only->contract);
        else if (visit->known)
                VEC_PUSH(arena, &out->list, &visit->known->contract);
        else if (visit->call->slot && visit->call->slot->contract && visit->call->slot->contract->effects.n &&
                 visit->walk->property != FOLLOW_LOCK) /* which type's function it is, is not known */
                VEC_PUSH(arena, &out->list, (const struct contract *)visit->call->slot->contract);
        else
                call_contracts(visit->walk->program, visit->call, arena, out);
}

struct visit visit_fork(const struct visit *visit)
{
        struct visit other = *visit;
        other.state = state_copy(visit->state);
        return other;
}

sym call_spelled(const struct program *program, const struct event *event)
{
        /* A macro that everybody knows says more than what it calls; one of the tree's own says less. */
        bool known = event->spelled && models_find(program->models, event->spelled);
        return known || !event->callee ? event->spelled : event->callee;
}

const char *visit_called(const struct visit *visit)
{
        const struct event *event = visit->event;
        sym name = call_spelled(visit->walk->program, event);
        if (name)
                return name;
        return place_source(visit->walk->arena, visit->walk->func, event->target, visit->walk->live->made,
                            &visit->walk->program->models->spelled);
}

void call_deliver(struct walk *walk, struct visit *visit)
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

int call_renews(const struct visit *visit, const struct effect *effect)
{
        const struct contract *contract = visit->contract;
        for (int e = 0; contract && e < contract->effects.n; e++) {
                const struct effect *other = &contract->effects.at[e];
                if (other->kind == EFFECT_RESIZES && spot_equal(&other->from, &effect->at) &&
                    !other->at.nsteps && other->at.root >= 0 && other->at.root < visit->event->nargs)
                        return visit->args[other->at.root];
        }
        return 0;
}

/* What CONTRACT makes of the state of VISIT, which is used up. */
static void apply(struct walk *walk, struct visit visit, const struct contract *contract, struct states *out)
{
        visit.state->result = visit.result;
        if (contract->noreturn) {
                state_drop(visit.state);
                return;
        }
        if (contract->result_never_null)
                state_assume(visit.state, &walk->values, visit.result, SPAN_NONZERO);
        struct states locked = {0}, done = {0};
        visit.state->lost |= contract->unread && walk->property == FOLLOW_LOCK;
        if (walk->property == FOLLOW_LOCK)
                call_lock(walk, &visit, contract, &locked);
        else
                VEC_PUSH(walk->arena, &locked.list, visit.state);
        for (int i = 0; i < locked.list.n; i++) {
                visit.state = locked.list.at[i];
                call_memory(walk, &visit, contract, &done);
        }
        for (int i = 0; i < done.list.n; i++) {
                visit.state = done.list.at[i];
                call_deliver(walk, &visit);
                if (visit.state->crashed)
                        state_drop(visit.state);
                else
                        VEC_PUSH(walk->arena, &out->list, visit.state);
        }
}

/* Of functions that one pointer may hold, those that do nothing to the lock are the mode in which there is
 * none to take: its partner is chosen with it. */
static void keep_lockers(struct contracts *contracts)
{
        int kept = 0;
        for (int i = 0; i < contracts->list.n; i++)
                if (contract_changes_lock(contracts->list.at[i]))
                        contracts->list.at[kept++] = contracts->list.at[i];
        if (kept)
                contracts->list.n = kept < TARGETS_TOLD_APART ? kept : TARGETS_TOLD_APART;
}

/* What the call returns, before anything is known of it. */
static int result_of(struct walk *walk, struct visit *visit)
{
        const struct call *call = visit->call;
        bool through_pointer = visit->event->target >= 0;
        struct function *only = call->to.n == 1 && !call->open && !call->model ? call->to.at[0] : NULL;
        if (!through_pointer && only && only->pure)
                return value_apply(&walk->values, only->func->name, visit->args, visit->event->nargs,
                                   &only->reads);
        if (!through_pointer && !call->to.n && call->model && call->model->pure) {
                int value = value_apply(&walk->values, call->name, visit->args, visit->event->nargs, NULL);
                if (call->model->status)
                        outdate_note(&walk->values, value);
                return value;
        }
        int result = value_of(&walk->values, (struct value){.kind = VALUE_RESULT, .a = visit->number});
        state_renew(visit->state, &walk->values, result);
        return result;
}

/* A record that is passed by value takes the blocks in its fields along. */
static void pass_records(struct walk *walk, struct visit *visit)
{
        struct state *state = visit->state;
        if (walk->property != FOLLOW_BLOCK || walk->subject.value < 0 || state->status != BLOCK_OWNED)
                return;
        for (int a = 0; a < visit->event->nargs; a++) {
                enum place_kind kind = walk->func->places.at[visit->event->args[a]].kind;
                if (kind != PLACE_LOCAL && kind != PLACE_PARAM)
                        continue;
                int record = walk_variable(walk, visit->event->args[a]);
                for (int i = 0; i < state->store.n; i++) {
                        const struct held *held = &state->store.at[i];
                        if (held->content == walk->subject.value && held->address != record &&
                            value_base(&walk->values, held->address) == record)
                                state->status = BLOCK_ESCAPED;
                }
        }
}

/* The block followed is about to be made anew by the same event: the walk goes on with the new one. */
static void next_round(struct walk *walk, struct visit *visit)
{
        if (walk->property != FOLLOW_BLOCK || walk->subject.event != visit->number)
                return;
        visit->state->status = BLOCK_NONE;
        visit->state->otherwise = false;
}

/* Who asks whether something failed, right behind where that was said, is told so. */
static void note_failure(struct walk *walk, struct visit *visit)
{
        const struct model *model = visit_model(visit);
        struct state *state = visit->state;
        bool kept = model && (model->sets_failure ||
                              (state->failure && (model->allocator || model->pure || model->tells_failure)));
        if (state->failure && model && model->tells_failure)
                state_assume(state, &walk->values, visit->result, SPAN_NONZERO);
        state->failure = kept;
}

void walk_call(struct walk *walk, struct visit *visit, struct states *out)
{
        const struct event *event = visit->event;
        visit->call = function_call(walk->function, visit->block, visit->number - walk->base[visit->block]);
        visit->args = NEW_ARRAY(walk->arena, int, event->nargs + 1);
        for (int i = 0; i < event->nargs; i++)
                visit->args[i] = walk_value(walk, visit, event->args[i]);
        visit->drop = walk->drops ? walk->drops[visit->number] : NULL;
        visit->only = visit->drop ? visit->drop->by : NULL;
        visit->known = NULL;
        if (event->target >= 0) {
                int called_value = walk_value(walk, visit, event->target); /* may move the list of values */
                const struct value *target = &walk->values.list.at[called_value];
                if (target->kind == VALUE_FUNC)
                        visit->only = program_resolve(walk->program, walk->function->unit, target->name);
                if (target->kind == VALUE_FUNC && !visit->only)
                        visit->known = models_find(walk->program->models, target->name);
        }
        visit->result = result_of(walk, visit);
        note_failure(walk, visit);
        next_round(walk, visit);
        if (walk->observer && walk->observer->call)
                walk->observer->call(walk->observer->data, visit);
        pass_records(walk, visit);
        if (walk->counts && call_may_count(visit))
                visit->state->status = BLOCK_ESCAPED;
        jump_note(walk, visit);
        if (event->noreturn)
                return;
        struct contracts contracts = {0};
        visit_contracts(visit, walk->arena, &contracts);
        if (contracts.list.n > 1 && walk->property == FOLLOW_LOCK)
                keep_lockers(&contracts);
        if (contracts.list.n > TARGETS_TOLD_APART) {
                call_one_of_many(walk, visit);
                visit->state->result = visit->result;
                call_deliver(walk, visit);
                VEC_PUSH(walk->arena, &out->list, visit->state);
                return;
        }
        for (int i = 0; i < contracts.list.n; i++)
                apply(walk, i + 1 < contracts.list.n ? visit_fork(visit) : *visit, contracts.list.at[i], out);
        jump_land(walk, visit, out);
}
