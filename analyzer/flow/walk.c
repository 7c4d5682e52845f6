/* walk.c: see walk.h. */
#include "flow/walk.h"

#include "base/hash.h"
#include "flow/branch.h"
#include "flow/depth.h"
#include "flow/jump.h"
#include "flow/loop.h"
#include "flow/skip.h"

#include <string.h>

enum { DISJUNCTS = 12, ROUNDS = 40, PATIENCE = 4, FORKS = 4 };

void walk_init(struct walk *walk, struct program *program, struct function *function, struct arena *arena,
               const struct live *live, enum property property)
{
        *walk =
            (struct walk){.program = program, .function = function, .func = function->func, .arena = arena};
        values_init(&walk->values, arena);
        walk->values.written = &program->written;
        walk->values.inside = &program->inside;
        walk->pool.arena = arena;
        walk->live = live;
        walk->property = property;
        walk->limit = DISJUNCTS;
        walk->subject.value = -1;
        int n = function->func->blocks.n;
        map_init(&walk->origins, arena);
        walk->nodes = NEW_ARRAY(arena, struct node, n);
        walk->base = NEW_ARRAY(arena, int, n + 1);
        int number = 1;
        for (int i = 0; i < n; i++) {
                walk->base[i] = number;
                number += function->func->blocks.at[i].events.n;
        }
        jump_init(walk);
}

struct state *walk_entry(struct walk *walk)
{
        struct state *state = state_new(&walk->pool);
        for (int i = 0; i < walk->function->nassumed; i++)
                state_assume(state, &walk->values, walk_param(walk, walk->function->assumed[i].of.root),
                             walk->function->assumed[i].span);
        return state;
}

/* Where the block is held: disjuncts that hold it in different variables are kept apart, or it would be lost.
 */
static uint64_t holders(const struct walk *walk, const struct state *state)
{
        uint64_t key = 0;
        if (walk->subject.value < 0 || state->status == BLOCK_NONE || state->status == BLOCK_ESCAPED)
                return 0;
        for (int i = 0; i < state->store.n; i++)
                if (state->store.at[i].content == walk->subject.value)
                        key += hash_pair(1, (uint64_t)state->store.at[i].address);
        const struct value *v = &walk->values.list.at[walk->subject.value];
        if (v->kind == VALUE_CONTENT && !v->b && state_peek(state, v->a) < 0) /* where it stood at entry */
                key += hash_pair(1, (uint64_t)v->a);
        return key;
}

/* Which functions the pointers hold: a choice of function mostly hangs together with the lock. */
static uint64_t chosen(const struct walk *walk, const struct state *state)
{
        uint64_t key = 0;
        for (int i = 0; i < state->store.n; i++)
                if (walk->values.list.at[state->store.at[i].content].kind == VALUE_FUNC)
                        key = key * 31 + (uint64_t)state->store.at[i].address * 7 +
                              (uint64_t)state->store.at[i].content;
        return key;
}

static const struct fact *next_of_entry(const struct walk *walk, const struct state *state, int *at)
{
        while (*at < state->facts.n) {
                const struct fact *fact = &state->facts.at[(*at)++];
                const struct value *v = &walk->values.list.at[fact->value];
                sym key = v->kind == VALUE_CONTENT ? walk->values.list.at[v->a].name : NULL;
                if (v->kind == VALUE_CONTENT && !v->b && !span_equal(fact->span, SPAN_ALL) &&
                    (!walk->function->lock_keys.list.n || keys_has(&walk->function->lock_keys, key)))
                        return fact;
        }
        return NULL;
}

/* Both know the same of what existed at entry; where callees decide by some fields, of those. */
static bool know_alike(const struct walk *walk, const struct state *a, const struct state *b)
{
        for (int i = 0, j = 0;;) {
                const struct fact *one = next_of_entry(walk, a, &i), *other = next_of_entry(walk, b, &j);
                if (!one || !other)
                        return one == other;
                if (one->value != other->value || !span_equal(one->span, other->span))
                        return false;
        }
}

static bool agree(const struct walk *walk, const struct state *a, const struct state *b, bool strict)
{
        switch (walk->property) {
        case FOLLOW_LOCK:
                return a->gil == b->gil && a->open == b->open &&
                       (!strict ||
                        (chosen(walk, a) == chosen(walk, b) && (!walk->apart || know_alike(walk, a, b))));
        case FOLLOW_BLOCK:
                return a->status == b->status &&
                       (!strict ||
                        (a->stored == b->stored && a->untested == b->untested &&
                         a->otherwise == b->otherwise && a->doubtful == b->doubtful && a->taken == b->taken &&
                         holders(walk, a) == holders(walk, b) && chosen(walk, a) == chosen(walk, b)));
        default:
                return !strict || !walk->apart || know_alike(walk, a, b);
        }
}

int walk_block_of(const struct walk *walk, int number)
{
        int block = 0;
        while (block + 1 < walk->func->blocks.n && walk->base[block + 1] <= number)
                block++;
        return block;
}

void walk_narrow(struct walk *walk)
{
        bool *before = NEW_ARRAY(walk->arena, bool, walk->func->blocks.n + 1);
        before[walk_block_of(walk, walk->subject.event)] = true;
        for (bool changed = walk->subject.event != 0; changed;) {
                changed = false;
                for (int o = walk->live->order->n - 1; o >= 0; o--) {
                        int b = walk->live->order->at[o];
                        const struct block *block = &walk->func->blocks.at[b];
                        bool reaches = before[b];
                        for (int i = 0; i < block->next.n; i++)
                                reaches |= before[block->next.at[i]];
                        for (int i = 0; i < block->arms.n; i++)
                                reaches |= before[block->arms.at[i].next];
                        changed |= reaches != before[b];
                        before[b] = reaches;
                }
        }
        walk->before = before;
}

/* Nothing more can be learnt of the block on this path. */
static bool is_spent(const struct walk *walk, const struct state *state, int block)
{
        if (!walk->before)
                return false;
        bool comes = walk->subject.event && walk->before[block];
        return state->status == BLOCK_NONE && !comes;
}

/* FRESH comes to where a block begins; it is the node's from now on, or dropped. While a loop settles nothing
 * leaves it, and when it has nothing goes round any more. */
static void arrive(struct walk *walk, int block, struct state *fresh)
{
        bool inside = walk_part(walk, block) == walk->part;
        if (inside == walk->settled || is_spent(walk, fresh, block)) {
                state_drop(fresh);
                return;
        }
        struct node *node = &walk->nodes[block];
        skip_arrives(walk, block, fresh);
        state_prune(fresh, &walk->values, block, walk->live->slot, walk->live->at[block]);
        for (int pass = 0; pass < 2; pass++) {
                bool strict = pass == 0;
                if (!strict && node->states.n < walk->limit)
                        break;
                for (int i = 0; i < node->states.n; i++) {
                        if (!agree(walk, node->states.at[i], fresh, strict))
                                continue;
                        if (node->states.at[i]->joins <= ROUNDS) {
                                if (state_join(node->states.at[i], fresh, &walk->values, block))
                                        node->dirty.at[i] = true;
                                walk->overrun |= !strict;
                        }
                        state_drop(fresh);
                        return;
                }
        }
        if (node->states.n >= 2 * walk->limit) {
                walk->overrun = true;
                state_drop(fresh);
                return;
        }
        VEC_PUSH(walk->arena, &node->states, fresh);
        VEC_PUSH(walk->arena, &node->dirty, true);
}

void walk_store(struct walk *walk, struct visit *visit, int address, int content)
{
        struct state *state = visit->state;
        int old = state_peek(state, address), subject = walk->subject.value;
        if (walk->observer && walk->observer->store)
                walk->observer->store(walk->observer->data, visit, address, old, content);
        if (walk->property != FOLLOW_BLOCK || subject < 0)
                return;
        bool inside = value_within(&walk->values, content, subject);
        if (walk->subject.is_fixed && content == subject && !state->why)
                state->why = walk_step(walk, STEP_STORE, visit->event->at, NULL, "the pointer is set to it");
        if (inside && state->status == BLOCK_FREED && !value_is_local(&walk->values, address)) {
                /* It is shown to others: told here, and no more where the function ends. */
                state->doubtful = true;
                if (walk->observer && walk->observer->deref)
                        walk->observer->deref(walk->observer->data, visit, content);
        }
        bool element = walk->values.list.at[address].kind == VALUE_ARITH; /* read back under another index */
        if (inside && (element || !value_is_local(&walk->values, address)))
                state_keep(state, value_base(&walk->values, address));
        if (old == subject && !inside && !state_holds(state, &walk->values, subject, address))
                state->replaced = content;
        /* The last pointer is overwritten: told once, then the block is out of sight. */
        if (old == subject && !inside && state->status == BLOCK_OWNED &&
            !state_holds(state, &walk->values, subject, address))
                state->status = BLOCK_ESCAPED;
}

static void assign(struct walk *walk, struct visit *visit)
{
        int content = walk_value(walk, visit, visit->event->src);
        int address = walk_address(walk, visit, visit->event->dst);
        walk_store(walk, visit, address, content);
        state_write(visit->state, &walk->values, address, content);
}

static void copy(struct walk *walk, struct visit *visit)
{
        int from = walk_address(walk, visit, visit->event->src),
            to = walk_address(walk, visit, visit->event->dst);
        if (!value_is_local(&walk->values, to) && walk->subject.value >= 0)
                state_keep(visit->state, 0);
        state_move(visit->state, &walk->values, to, from);
}

static void step_event(struct walk *walk, struct visit *visit, struct states *out)
{
        switch (visit->event->kind) {
        case EVENT_CALL:
                walk_call(walk, visit, out);
                return;
        case EVENT_ASSIGN:
                assign(walk, visit);
                break;
        case EVENT_COPY:
                copy(walk, visit);
                break;
        case EVENT_USE:
                walk_value(walk, visit, visit->event->src);
                break;
        case EVENT_LOST: /* whatever it did: nothing is inferred from what was not seen to happen */
                visit->state->lost = visit->state->doubtful = true;
                break;
        default:
                break;
        }
        if (visit->state->crashed)
                state_drop(visit->state);
        else
                VEC_PUSH(walk->arena, &out->list, visit->state);
}

static void branch(struct walk *walk, struct visit *visit, const struct block *block)
{
        int condition = walk_value(walk, visit, block->place);
        if (visit->state->crashed) {
                state_drop(visit->state);
                return;
        }
        if (loop_doubted(walk, visit, condition))
                condition = walk_value(walk, visit, block->place);
        branch_asked(walk, visit->state, condition);
        struct span span = state_span(visit->state, &walk->values, condition);
        bool choice = !span_is_zero(span) && !span_not_zero(span);
        bool counts = choice && walk->property == FOLLOW_LOCK && walk->function->lock_counts.list.n;
        for (int side = 0; side < 2; side++) {
                struct state *state = side ? visit->state : state_copy(visit->state);
                if (counts ? !depth_branch(walk, state, visit->block, condition, side)
                           : !state_branch(state, &walk->values, condition, side == 0)) {
                        state_drop(state);
                        continue;
                }
                branch_taken(walk, state, block, condition, side == 0, choice);
                if (choice)
                        skip_leaves(walk, visit->block, side, state);
                arrive(walk, block->next.at[side], state);
        }
}

static void choose(struct walk *walk, struct visit *visit, const struct block *block)
{
        int value = walk_value(walk, visit, block->place);
        struct span span = state_span(visit->state, &walk->values, value);
        for (int i = 0; i < block->arms.n; i++) {
                const struct arm *arm = &block->arms.at[i];
                struct state *state = state_copy(visit->state);
                if (state_assume(state, &walk->values, value, (struct span){arm->low, arm->high, false}))
                        arrive(walk, arm->next, state);
                else
                        state_drop(state);
        }
        bool others = block->next.n > 0;
        for (int i = 0; i < block->arms.n && others; i++) /* the only value left has an arm */
                others = span.low != span.high || span.low < block->arms.at[i].low ||
                         span.high > block->arms.at[i].high;
        if (others)
                arrive(walk, block->next.at[0], visit->state);
        else
                state_drop(visit->state);
}

/* A record that is returned by value moves to where the caller finds it. */
static int returned(struct walk *walk, struct visit *visit, int place)
{
        enum place_kind kind = walk->func->places.at[place].kind;
        if (kind != PLACE_LOCAL && kind != PLACE_PARAM)
                return walk_value(walk, visit, place);
        int address = walk_address(walk, visit, place);
        int result = value_of(&walk->values, (struct value){.kind = VALUE_RESULT});
        int n = visit->state->store.n;
        state_move(visit->state, &walk->values, result, address);
        return visit->state->store.n > n + (state_peek(visit->state, result) >= 0)
                   ? result
                   : walk_value(walk, visit, place);
}

/* The state of VISIT goes where the block leads, and is used up. */
static void leave(struct walk *walk, struct visit *visit, const struct block *block)
{
        switch (block->end) {
        case END_IF:
                branch(walk, visit, block);
                break;
        case END_RETURN: {
                int value = block->place >= 0 ? returned(walk, visit, block->place) : -1;
                if (walk->observer && walk->observer->exit)
                        walk->observer->exit(walk->observer->data, walk, visit->state, value, block->at,
                                             visit->block);
                state_drop(visit->state);
                break;
        }
        case END_SWITCH:
                choose(walk, visit, block);
                break;
        case END_GOTO:
        case END_ANY:
                for (int i = 0; i < block->next.n; i++)
                        arrive(walk, block->next.at[i],
                               i + 1 < block->next.n ? state_copy(visit->state) : visit->state);
                break;
        case END_STOP:
                state_drop(visit->state);
                break;
        }
}

static void merge_alike(struct walk *walk, struct states *states, int event, bool strict)
{
        int kept = 0, meeting = walk->func->blocks.n + event; /* as if a block began here */
        for (int i = 0; i < states->list.n; i++) {
                int j = 0;
                while (j < kept && !agree(walk, states->list.at[j], states->list.at[i], strict))
                        j++;
                if (j == kept) {
                        states->list.at[kept++] = states->list.at[i];
                        continue;
                }
                state_join(states->list.at[j], states->list.at[i], &walk->values, meeting);
                state_drop(states->list.at[i]);
        }
        walk->overrun |= !strict && kept < states->list.n;
        states->list.n = kept;
}

/* A call that can reach many functions forks into many states; those that are alike in what matters go on as
 * one. */
static void settle(struct walk *walk, struct states *states, int event)
{
        if (states->list.n > FORKS)
                merge_alike(walk, states, event, true);
        if (states->list.n > walk->limit)
                merge_alike(walk, states, event, false);
}

/* Runs the events of a block from ENTRY, which is used up, and hands what comes out to its successors. */
static void pass(struct walk *walk, int index, struct state *entry)
{
        const struct block *block = &walk->func->blocks.at[index];
        struct states now = {0};
        VEC_PUSH(walk->arena, &now.list, entry);
        walk->from = index;
        for (int e = 0; e < block->events.n && now.list.n; e++) {
                struct states next = {0};
                for (int i = 0; i < now.list.n; i++) {
                        struct visit visit = {.walk = walk, .state = now.list.at[i], .block = index};
                        visit.event = &block->events.at[e];
                        visit.number = walk->base[index] + e;
                        step_event(walk, &visit, &next);
                }
                settle(walk, &next, walk->base[index] + e);
                now = next;
        }
        for (int i = 0; i < now.list.n; i++) {
                struct visit visit = {.walk = walk, .state = now.list.at[i], .block = index};
                static const struct event none = {.kind = EVENT_USE, .dst = -1, .src = -1, .target = -1};
                struct event end = none;
                end.at.at = block->at;
                visit.event = &end;
                visit.number = walk->base[index] + block->events.n;
                leave(walk, &visit, block);
        }
}

/* Goes round a loop, the blocks from place FIRST of the order up to END, until it brings nothing new. */
static void go_round(struct walk *walk, int first, int end)
{
        bool again = true;
        while (again) {
                again = false;
                for (int o = first; o < end; o++) {
                        int block = walk->live->order->at[o];
                        for (int i = 0; i < walk->nodes[block].states.n; i++) {
                                if (!walk->nodes[block].dirty.at[i])
                                        continue;
                                walk->nodes[block].dirty.at[i] = false;
                                pass(walk, block, state_copy(walk->nodes[block].states.at[i]));
                                again = true;
                                if (++walk->passes > PATIENCE * walk->func->blocks.n + 1000)
                                        walk->limit =
                                            1; /* more paths than anybody follows: joined from here on */
                        }
                }
        }
}

/* The pass that the observer sees. Only those who follow the lock ask later what was true where a block
 * begins. */
static void pass_last(struct walk *walk, int block)
{
        struct node *node = &walk->nodes[block];
        bool keeps = walk->property == FOLLOW_LOCK;
        for (int i = 0; i < node->states.n; i++, walk->passes++)
                pass(walk, block, keeps ? state_copy(node->states.at[i]) : node->states.at[i]);
        if (!keeps)
                node->states.n = 0;
}

void walk_run(struct walk *walk, struct state *entry, const struct observer *observer)
{
        const struct order *order = walk->live->order;
        walk->part = walk->from = -1;
        walk->settled = true;
        arrive(walk, 0, state_copy(entry));
        for (int first = 0, end; first < order->n; first = end) {
                walk->part = walk_part(walk, order->at[first]);
                for (end = first; end < order->n && walk_part(walk, order->at[end]) == walk->part;)
                        end++;
                walk->observer = NULL;
                walk->settled = false;
                if (walk->jumps || order->cyclic[walk->part])
                        go_round(walk, first, end);
                walk->observer = observer;
                walk->settled = true;
                for (int o = first; o < end; o++)
                        pass_last(walk, order->at[o]);
        }
        walk->observer = NULL;
}
