/*
 * call_memory.c: what a call does to memory: the effects of its contract, in
 * the order in which a callee does them.
 */
#include "flow/call.h"
#include "flow/outdate.h"

#include <string.h>

bool is_subject(const struct visit *visit, int value, bool *exact)
{
        const struct walk *walk = visit->walk;
        bool ahead;
        if (walk->property != FOLLOW_BLOCK || walk->subject.value < 0 || value < 0 ||
            visit->state->status == BLOCK_NONE)
                return false;
        *exact = value == walk->subject.value;
        return value_within(&walk->values, value, walk->subject.value) ||
               value_wanders(&walk->values, value, walk->subject.value, &ahead);
}

/* The content of a field that the block followed stood in at entry, read after somebody may have changed it.
 */
static bool may_be_subject(const struct visit *visit, int value)
{
        const struct walk *walk = visit->walk;
        if (walk->property != FOLLOW_BLOCK || walk->subject.event || walk->subject.value < 0 || value < 0)
                return false;
        const struct value *v = &walk->values.list.at[value],
                           *subject = &walk->values.list.at[walk->subject.value];
        return v->kind == VALUE_CONTENT && subject->kind == VALUE_CONTENT && v->a == subject->a &&
               v->b != subject->b;
}

/* The block goes to an owner that will release it one day; of some it is known to which family. */
static void keep(struct visit *visit, const struct effect *effect, int value, bool exact)
{
        struct walk *walk = visit->walk;
        struct state *state = visit->state;
        if (state->status == BLOCK_FREED)
                return;
        if (effect->family && exact && walk->observer && walk->observer->release)
                walk->observer->release(walk->observer->data, visit, effect, value, exact);
        if (walk->subject.is_fixed)
                return; /* nobody's to own */
        state->status = BLOCK_ESCAPED;
        state->shown = 0;
        state->taken = effect->family;
}

static void release(struct visit *visit, const struct effect *effect, int value, bool exact)
{
        struct walk *walk = visit->walk;
        if (walk->observer && walk->observer->release)
                walk->observer->release(walk->observer->data, visit, effect, value, exact);
        struct state *state = visit->state;
        state->why = call_told(visit, STEP_FREE, effect->why, state->why,
                               effect->kind == EFFECT_RESIZES ? "reallocates it" : "releases it");
        state->status = effect->maybe || !exact ? BLOCK_ESCAPED : BLOCK_FREED;
        state->taken = state->status == BLOCK_FREED ? effect->family : 0;
}

static void apply_effect(struct visit *visit, const struct contract *contract, const struct effect *effect)
{
        struct walk *walk = visit->walk;
        bool exact;
        int value;
        switch (effect->kind) {
        case EFFECT_GIVES:
        case EFFECT_BORROWS:
                give_block(visit, contract, effect);
                break;
        case EFFECT_TAKES:
        case EFFECT_RESIZES:
                value = spot_value(visit, &effect->at);
                if (is_subject(visit, value, &exact))
                        release(visit, effect, value, exact);
                else if (may_be_subject(visit, value))
                        visit->state->status = BLOCK_ESCAPED;
                else if (walk->property == FOLLOW_BLOCK && walk->subject.value >= 0)
                        holder_released(visit, effect, value);
                break;
        case EFFECT_KEEPS:
                value = spot_value(visit, &effect->at);
                if (!effect->link && is_subject(visit, value, &exact)) /* else: another effect tells when */
                        keep(visit, effect, value, exact);
                break;
        case EFFECT_READS:
                value = spot_value(visit, &effect->at);
                if (value >= 0)
                        walk_access(walk, visit, value);
                break;
        case EFFECT_COPIES:
                call_copies(visit, effect);
                break;
        case EFFECT_FILLS:
                call_fills(visit, effect);
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
        case EFFECT_BORROWS:
                if (beside_replaces(visit, effect))
                        return effect->nwithout || !effect->maybe;
                return walk->property == FOLLOW_BLOCK && walk->subject.event == visit->number &&
                       spot_equal(&walk->subject.at, &effect->at) &&
                       (effect->at.nsteps || effect->nwhen || beside_tells(visit, effect) ||
                        (!span_is_plain(effect->result) && !span_equal(effect->result, SPAN_NONZERO)));
        case EFFECT_TAKES:
        case EFFECT_RESIZES:
        case EFFECT_KEEPS:
                if (effect->kind == EFFECT_KEEPS && effect->link)
                        return false; /* a note */
                return is_subject(visit, spot_value(visit, &effect->at), &exact) ||
                       (effect->kind != EFFECT_KEEPS &&
                        may_be_subject(visit, spot_value(visit, &effect->at)));
        case EFFECT_COPIES:
                return !effect->maybe && effect->at.root == SPOT_RESULT && !effect->at.nsteps &&
                       is_subject(visit, visit->sources[effect - visit->contract->effects.at], &exact);
        default:
                return false;
        }
}

/* What the callee does to what it is given comes first; what it leaves behind is written over what it
 * changed. */
enum pass { PASS_READS, PASS_CONSUMES, PASS_GIVES, PASS_LEAVES };

static enum pass pass_of(const struct effect *effect)
{
        bool result = effect->at.root == SPOT_RESULT && !effect->at.nsteps;
        switch (effect->kind) {
        case EFFECT_READS:
                return PASS_READS;
        case EFFECT_FILLS: /* what a result always is decides what else has happened */
                return result && !effect->nwhen ? PASS_READS : PASS_LEAVES;
        case EFFECT_TAKES:
        case EFFECT_RESIZES:
        case EFFECT_KEEPS:
                return PASS_CONSUMES;
        case EFFECT_GIVES:
        case EFFECT_BORROWS: /* a record that is given, then what lies in it */
                return effect->at.root >= 0 ? PASS_GIVES : PASS_LEAVES;
        default:
                return PASS_LEAVES;
        }
}

/* Whether this callee is the one that runs is not known. */
static bool is_one_of_many(const struct visit *visit)
{
        return !visit->only && !visit->known && visit->call->to.n + visit->call->known.n > 1;
}

/* The number of tests of an effect that this path leaves open, and the last of them. */
static int tests_open(const struct visit *visit, const struct effect *effect, const struct test **open)
{
        int n = 0;
        for (int i = 0; i < effect->nwhen; i++)
                if (!tests_certain(visit, &effect->when[i], 1)) {
                        *open = &effect->when[i];
                        n++;
                }
        return n;
}

/* The result of the call is not in SPAN: what is known of it loses that, where it stands at an end. */
static bool assume_outside(const struct visit *visit, struct span span)
{
        struct values *values = &visit->walk->values;
        struct span known = state_span(visit->state, values, visit->result), rest;
        if (span_rest(span, &rest))
                return state_assume(visit->state, values, visit->result, rest);
        if (span.low <= known.low && span.high >= known.high)
                return span.nonzero && state_assume(visit->state, values, visit->result, SPAN_ZERO);
        if (span.low <= known.low && span.high >= known.low)
                known.low = span.high + 1;
        else if (span.high >= known.high && span.low <= known.high)
                known.high = span.low - 1;
        return state_assume(visit->state, values, visit->result, known);
}

/* What it does not release it may have counted down: others hold it, then. */
static bool counts_down(const struct contract *contract, const struct effect *release)
{
        const struct spot *block = &release->at;
        for (int i = 0; release->kind == EFFECT_TAKES && i < contract->effects.n; i++) {
                const struct effect *effect = &contract->effects.at[i];
                bool writes = effect->kind == EFFECT_FILLS || effect->kind == EFFECT_COPIES;
                if (writes && effect->at.root == block->root && effect->at.nsteps > block->nsteps + 1 &&
                    !memcmp(effect->at.steps, block->steps, (size_t)block->nsteps * sizeof block->steps[0]))
                        return true;
        }
        return false;
}

/* The results for which the effect holds. */
static struct span results_of(const struct effect *effect)
{
        struct span span = effect->result;
        if (effect->kind == EFFECT_RESIZES)
                span_meet(&span, SPAN_NONZERO);
        return span;
}

/* The effect does not happen on this path, or not for sure where only that would count. SURE: its tests hold.
 */
static bool is_left_out(const struct visit *visit, const struct effect *effect, struct span results,
                        bool sure)
{
        if (!tests_possible(visit, effect->when, effect->nwhen))
                return true;
        bool unread = effect->kind == EFFECT_READS && (!sure || is_one_of_many(visit));
        unread |= effect->kind == EFFECT_FILLS && !sure && effect->at.root == SPOT_RESULT;
        return unread || drop_doubted(visit, effect) ||
               !span_overlap(state_span(visit->state, &visit->walk->values, visit->result), results);
}

/* The result on this path is one of RESULTS. */
static bool is_told(const struct visit *visit, struct span results)
{
        struct span rest;
        return span_is_plain(results) ||
               (span_rest(results, &rest) &&
                !span_overlap(state_span(visit->state, &visit->walk->values, visit->result), rest));
}

/* No later effect of the call leaves another number of the same flag: no result is left for it. */
static bool is_last_number(const struct contract *contract, const struct effect *effect)
{
        for (const struct effect *other = effect + 1; other < contract->effects.at + contract->effects.n;
             other++)
                if (other->kind == EFFECT_FILLS && other->flag && spot_equal(&other->at, &effect->at))
                        return false;
        return true;
}

/* What is left in memory: each number of a flag on a path of its own, other things perhaps. False: it is left
 * for sure, as any effect happens. */
static bool leave_perhaps(struct visit *visit, const struct effect *effect, bool sure, struct states *out)
{
        struct walk *walk = visit->walk;
        struct span rest, results = results_of(effect);
        bool told = is_told(visit, results);
        if ((effect->kind != EFFECT_FILLS && effect->kind != EFFECT_COPIES) ||
            (!effect->at.nsteps && effect->at.root != SPOT_GLOBAL))
                return false;
        if (effect->flag && !told && !effect->nwhen) {
                struct visit other = visit_fork(visit);
                if (!is_last_number(visit->contract, effect) &&
                    (!span_rest(results, &rest) ||
                     state_assume(other.state, &walk->values, other.result, rest)))
                        VEC_PUSH(walk->arena, &out->list, other.state);
                if (!case_assume(visit, NULL, 0, results))
                        return true;
                told = true;
        }
        if (sure && told && !effect->maybe)
                return false;
        call_leaves_perhaps(visit, effect);
        VEC_PUSH(walk->arena, &out->list, visit->state);
        return true;
}

/* The path on which the effect does not happen, if there is one. ANY: it may be left out with any result. */
static void go_without(struct visit *without, const struct contract *contract, const struct effect *effect,
                       bool any, struct states *out)
{
        struct walk *walk = without->walk;
        struct span rest, results = results_of(effect);
        bool conditional = !span_is_plain(results), other = any;
        if (!other && conditional)
                other = assume_outside(without, results);
        if (beside_tells(without, effect)) {
                other = !conditional || other;
                beside_refuse(without, contract, effect);
        }
        const struct test *open = NULL;
        int unsure = tests_open(without, effect, &open);
        if (!any && unsure == 1 && !conditional) {
                int value = test_value(without, open);
                other = !span_rest(open->span, &rest) || value < 0 ||
                        state_assume(without->state, &walk->values, value, rest);
        }
        if (!other && !(unsure && effect->nwhen > 1 && (conditional || unsure > 1)))
                return;
        bool handed = effect->kind == EFFECT_COPIES;
        if (conditional && (handed || pass_of(effect) == PASS_CONSUMES))
                without->state->why =
                    walk_step(walk, STEP_BRANCH, without->event->at, without->state->why,
                              handed ? "'%s' ends without returning it" : "'%s' ends without taking it",
                              visit_called(without));
        without->state->doubtful |= counts_down(contract, effect);
        VEC_PUSH(walk->arena, &out->list, without->state);
}

static void apply_conditional(struct walk *walk, struct visit *visit, const struct contract *contract,
                              const struct effect *effect, struct states *out)
{
        struct span results = results_of(effect);
        bool sure = tests_certain(visit, effect->when, effect->nwhen);
        if (is_left_out(visit, effect, results, sure)) {
                VEC_PUSH(walk->arena, &out->list, visit->state);
                return;
        }
        if (leave_perhaps(visit, effect, sure, out))
                return;
        bool asks = !span_is_plain(results) || effect->nwhen || beside_tells(visit, effect);
        if (!matters(visit, effect) || !asks) {
                apply_effect(visit, contract, effect);
                VEC_PUSH(walk->arena, &out->list, visit->state);
                return;
        }
        struct visit without = visit_fork(visit);
        bool any = effect->maybe && beside_replaces(visit, effect);
        if (case_assume(visit, effect->when, effect->nwhen, results)) {
                apply_effect(visit, contract, effect);
                if (!sure && effect->kind == EFFECT_GIVES)
                        visit->state->doubtful = true;
                VEC_PUSH(walk->arena, &out->list, visit->state);
        }
        go_without(&without, contract, effect, any, out);
}

/* An external function of which nothing is known may write what it gets the address of, and keep what it
 * gets. */
static void call_keeping(struct walk *walk, struct visit *visit, uint64_t kept)
{
        bool exact;
        for (int i = 0; i < visit->event->nargs; i++) {
                int value = visit->args[i];
                bool keeps = i >= 64 || (kept >> i & 1);
                if (keeps && is_subject(visit, value, &exact) && visit->state->status != BLOCK_FREED) {
                        bool first = visit->state->status == BLOCK_OWNED || visit->state->shown;
                        visit->state->shown = first && exact ? visit->number : 0;
                        visit->state->status = BLOCK_ESCAPED;
                }
                int base = value_base(&walk->values, value);
                bool local = walk->values.list.at[base].kind == VALUE_VAR;
                if (!local)
                        continue;
                for (int j = 0; j < visit->state->store.n; j++)
                        if (keeps && value_within(&walk->values, visit->state->store.at[j].address, value) &&
                            is_subject(visit, visit->state->store.at[j].content, &exact) &&
                            visit->state->status != BLOCK_FREED)
                                visit->state->status = BLOCK_ESCAPED;
                state_forget(visit->state, &walk->values, value, visit->number);
        }
}

static void clobber_fields(struct walk *walk, struct visit *visit)
{
        const struct keys *writes = visit->only ? &visit->only->writes : &visit->call->writes;
        if (visit->known)
                return;
        if (writes->all || writes->list.n)
                state_clobber(visit->state, &walk->values, writes, visit->number);
        outdate_globals(visit->state, &walk->values, writes, visit->number);
        if (writes->library)
                outdate_statuses(visit->state, &walk->values, visit->number);
}

void call_opaque(struct walk *walk, struct visit *visit)
{
        call_keeping(walk, visit, UINT64_MAX);
        for (int i = 0; i < visit->event->nargs; i++)
                outdate_numbers(visit->state, &walk->values, visit->args[i], visit->number);
}

void call_one_of_many(struct walk *walk, struct visit *visit)
{
        call_keeping(walk, visit, visit->call->kept);
        clobber_fields(walk, visit);
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

/* Values that the callee copies, and asks for, are those from before it changed anything. */
static void read_sources(struct visit *visit, const struct contract *contract)
{
        struct arena *arena = visit->walk->arena;
        struct values *values = &visit->walk->values;
        visit->tested = NULL;
        visit->sources = NEW_ARRAY(arena, int, contract->effects.n + 1);
        int **tested = NEW_ARRAY(arena, int *, contract->effects.n + 1);
        for (int e = 0; e < contract->effects.n; e++) {
                const struct effect *effect = &contract->effects.at[e];
                int value = effect->kind == EFFECT_COPIES ? spot_value(visit, &effect->from) : -1;
                visit->sources[e] =
                    value < 0 ? -1 : value_arith(values, ARITH_ADD, value, value_const(values, effect->plus));
                tested[e] = effect->nwhen ? NEW_ARRAY(arena, int, effect->nwhen) : NULL;
                for (int i = 0; i < effect->nwhen; i++)
                        tested[e][i] = value_asked(visit, &effect->when[i]);
        }
        visit->tested = tested;
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
                else if (address != base) /* the address of a field is given to be filled */
                        outdate_numbers(visit->state, &walk->values, address, visit->number);
        }
}

void call_memory(struct walk *walk, struct visit *visit, const struct contract *contract, struct states *out)
{
        struct states now = {0};
        struct kept kept = {0};
        if (contract->opaque)
                call_opaque(walk, visit);
        read_sources(visit, contract);
        beside_read(visit, contract);
        call_find_kept(visit, contract, &kept);
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
        apply_effects(walk, visit, contract, PASS_GIVES, &now);
        apply_effects(walk, visit, contract, PASS_LEAVES, &now);
        for (int i = 0; i < now.list.n; i++) {
                visit->state = now.list.at[i];
                call_put_kept(visit, &kept);
                if (beside_leave(visit, contract))
                        VEC_PUSH(walk->arena, &out->list, visit->state);
        }
}
