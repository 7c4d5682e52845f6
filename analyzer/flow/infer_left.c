/*
 * infer_left.c: what a body leaves in the memory its callers gave it. Comes in:
 * the exits of a walk, one by one; goes out: effects of the contract, each under
 * the condition that tells its exits from those that leave the place as it was.
 */
#include "flow/infer.h"

enum { SPOTS_MOST = 32, LEAVINGS_MOST = 4096, FLAG_VALUES = 3 };

static bool is_new(struct walk *walk, const struct held *held, struct spot *at)
{
        bool result = walk->values.list.at[held->address].kind == VALUE_RESULT; /* not a record's field */
        return !result && !value_is_local(&walk->values, held->address) &&
               spot_of_address(walk, held->address, at) &&
               (held->content != value_content(&walk->values, held->address, 0) ||
                walk->function->lock_counts.list.n);
}

/* What stood somewhere on entry; of what is counted, in globals too, with a number added. */
static bool is_moved(const struct walk *walk, int content, struct leaving *leaving)
{
        const struct value *v = &walk->values.list.at[content];
        bool counted = walk->function->lock_counts.list.n, sum = v->kind == VALUE_ARITH && v->op <= ARITH_SUB;
        int64_t plus = sum ? walk->values.list.at[v->b].number : 0;
        if (counted && sum && walk->values.list.at[v->b].kind == VALUE_CONST && plus == (int)plus &&
            spot_of(walk, v->a, &leaving->from) && spot_equal(&leaving->from, &leaving->at)) {
                leaving->plus = v->op == ARITH_ADD ? plus : -plus;
                return true;
        }
        return spot_of(walk, content, &leaving->from) &&
               (leaving->at.root != SPOT_GLOBAL || (counted && spot_equal(&leaving->from, &leaving->at)));
}

/* The parameter whose value, or an address in what it points at, an argument is; -1: none. */
static int param_shown(const struct func *func, int at)
{
        bool address = false;
        for (const struct place *place; at >= 0; at = place->base) {
                place = &func->places.at[at];
                address |= place->kind == PLACE_ADDR;
                if (place->kind == PLACE_PARAM) {
                        int i = 0;
                        while (func->vars.at[i].place != at)
                                i++;
                        return i;
                }
                bool path =
                    place->kind == PLACE_FIELD || place->kind == PLACE_DEREF || place->kind == PLACE_ELEM;
                if (!(place->kind == PLACE_ADDR || place->kind == PLACE_ARITH || (path && address)))
                        return -1;
        }
        return -1;
}

static uint64_t params_shown(const struct walk *walk)
{
        const struct function *function = walk->function;
        uint64_t shown = 0;
        for (int c = 0; c < function->calls.n; c++) {
                const struct call *call = &function->calls.at[c];
                bool open = call->open || (!call->to.n && !(call->model && call->model->pure));
                for (int i = 0; open && i < call->event->nargs; i++) {
                        int param = param_shown(walk->func, call->event->args[i]);
                        if (param >= 0)
                                shown |= param < 64 ? (uint64_t)1 << param : UINT64_MAX;
                }
        }
        return shown;
}

/* A block, one of several, none, or what stood at ADDRESS at entry. */
static bool is_block(struct walk *walk, int address, int content)
{
        struct meeting meeting = {0};
        bool met = false;
        value_meeting(&walk->values, walk->arena, content, &meeting);
        for (int i = 0; i < meeting.values.n; i++) {
                int part = meeting.values.at[i];
                const struct value *v = &walk->values.list.at[part];
                bool given = map_get(&walk->origins, (uint64_t)part + 1) != NULL;
                met |= given;
                bool first = v->kind == VALUE_CONTENT && v->a == address && !v->b;
                if (!given && !first && v->kind != VALUE_PHI && v->kind != VALUE_OLD &&
                    !(v->kind == VALUE_CONST && !v->number))
                        return false;
        }
        return met;
}

void left_note(struct left *left, struct walk *walk, const struct state *state, int value)
{
        if (!left->exits.list.n)
                left->shown = params_shown(walk);
        outcome_add(&left->exits, walk, state, value);
        VEC_PUSH(walk->arena, &left->states, state_copy(state));
        for (int i = 0; i < state->store.n; i++) {
                const struct held *held = &state->store.at[i];
                struct leaving leaving = {.exit = left->exits.list.n - 1};
                if (left->list.n >= LEAVINGS_MOST || !is_new(walk, held, &leaving.at))
                        continue;
                leaving.moved = is_moved(walk, held->content, &leaving);
                if (!leaving.moved && leaving.at.root == SPOT_GLOBAL)
                        continue;
                if (!leaving.moved && is_block(walk, held->address, held->content)) {
                        VEC_PUSH(walk->arena, &left->blocks, leaving.at); /* the walks that follow it say */
                        continue;
                }
                leaving.value = state_span(state, &walk->values, held->content);
                VEC_PUSH(walk->arena, &left->list, leaving);
        }
}

enum { LEFT_AS_IT_WAS, LEFT_MOVED, LEFT_FILLED };

/* The exits grouped by what they leave at one spot. */
static struct outcomes exits_by(struct arena *arena, const struct left *left, const struct spot *at)
{
        struct outcomes exits = {0};
        for (int i = 0; i < left->exits.list.n; i++)
                VEC_PUSH(arena, &exits.list, left->exits.list.at[i]);
        for (int i = 0; i < left->list.n; i++) {
                const struct leaving *leaving = &left->list.at[i];
                struct outcome *outcome = &exits.list.at[leaving->exit];
                if (!spot_equal(&leaving->at, at))
                        continue;
                outcome->kind = leaving->moved ? LEFT_MOVED : LEFT_FILLED;
                outcome->from = leaving->from;
                outcome->part = (int)leaving->plus;
        }
        return exits;
}

/* All numbers that exits of one kind leave at a spot. */
static struct span hull_at(const struct left *left, const struct spot *at)
{
        struct span hull = SPAN_ALL;
        bool first = true;
        for (int i = 0; i < left->list.n; i++) {
                const struct leaving *leaving = &left->list.at[i];
                if (leaving->moved || !spot_equal(&leaving->at, at))
                        continue;
                hull = first ? leaving->value : span_hull(hull, leaving->value);
                first = false;
        }
        return hull;
}

static bool is_first(const struct left *left, int i)
{
        for (int j = 0; j < i; j++)
                if (spot_equal(&left->list.at[j].at, &left->list.at[i].at))
                        return false;
        return true;
}

static int count_spots(const struct left *left)
{
        int n = 0;
        for (int i = 0; i < left->list.n && n <= SPOTS_MOST; i++)
                n += is_first(left, i);
        return n;
}

/* So many that callers are told of the objects only: anything in them may be another. */
static void add_roots(struct program *program, struct contract *contract, const struct left *left)
{
        for (int i = 0; i < left->list.n; i++) {
                struct spot at = left->list.at[i].at;
                at.nsteps = at.nsteps < 1 ? at.nsteps : 1;
                contract_add(
                    program, contract,
                    (struct effect){.kind = EFFECT_FILLS, .at = at, .result = SPAN_ALL, .value = SPAN_ALL});
        }
}

/* Nobody is seen to write the spot on the way to an exit; was it shown to somebody who is not seen? */
static bool is_same(const struct left *left, int exit, const struct spot *at)
{
        const struct state *state = left->states.at[exit];
        sym last = at->steps[at->nsteps - 1];
        for (int i = 0; i < left->blocks.n; i++)
                if (spot_equal(&left->blocks.at[i], at))
                        return false;
        for (int i = 0; i < state->clobbers.n; i++)
                if (*last != '*' && (!state->clobbers.at[i].key || state->clobbers.at[i].key == last))
                        return false;
        return at->root < 64 && !(left->shown >> at->root & 1);
}

/* What the exits of a SIDE leave at a spot. False: nothing in common. */
static bool in_common(const struct left *left, const int *side, int chosen, struct beside *out)
{
        int exits = 0, written = 0;
        for (int e = 0; e < left->exits.list.n; e++)
                exits += side[e] == chosen;
        for (int i = 0; i < left->list.n; i++) {
                const struct leaving *leaving = &left->list.at[i];
                if (side[leaving->exit] != chosen || !spot_equal(&leaving->at, &out->at))
                        continue;
                out->value = written ? span_hull(out->value, leaving->value) : leaving->value;
                written++;
        }
        out->same = !written;
        for (int e = 0; out->same && e < left->exits.list.n; e++)
                if (side[e] == chosen && !is_same(left, e, &out->at))
                        return false;
        return exits && (!written || written == exits);
}

int left_beside(struct arena *arena, const struct left *left, const int *side, int chosen,
                struct beside **out)
{
        int n = 0;
        if (left->list.n >= LEAVINGS_MOST || count_spots(left) > SPOTS_MOST)
                return 0;
        *out = NEW_ARRAY(arena, struct beside, SPOTS_MOST);
        for (int i = 0; i < left->list.n; i++) {
                struct beside here = {.at = left->list.at[i].at, .value = SPAN_ALL}, there = here;
                bool plain = here.at.root >= 0 && here.at.nsteps && is_first(left, i) &&
                             in_common(left, side, chosen, &here);
                bool told = plain && in_common(left, side, !chosen, &there) && here.same == there.same &&
                            span_equal(here.value, there.value);
                if (plain && !told)
                        (*out)[n++] = here;
        }
        return n;
}

/*
 * A flag: every exit leaves one of a few numbers there, and what it returns or
 * knows tells which. Each number is a group of EXITS then, and VALUES has it.
 */
static bool part_flag(struct arena *arena, const struct left *left, const struct spot *at,
                      struct outcomes *exits, struct span *values)
{
        int groups = 0;
        for (int i = 0; i < left->list.n; i++) {
                const struct leaving *leaving = &left->list.at[i];
                if (!spot_equal(&leaving->at, at))
                        continue;
                if (leaving->moved || leaving->value.low != leaving->value.high)
                        return false;
                int group = 0;
                while (group < groups && !span_equal(values[group], leaving->value))
                        group++;
                if (group == FLAG_VALUES)
                        return false;
                values[group] = leaving->value;
                groups += group == groups;
                exits->list.at[leaving->exit].part = group;
        }
        for (int e = 0; groups > 1 && e < exits->list.n; e++)
                if (exits->list.at[e].kind != LEFT_FILLED ||
                    outcome_condition(arena, exits, &exits->list.at[e]).maybe)
                        return false;
        return groups > 1;
}

void left_infer(struct program *program, struct contract *contract, const struct left *left)
{
        if (left->list.n >= LEAVINGS_MOST || count_spots(left) > SPOTS_MOST) {
                add_roots(program, contract, left);
                return;
        }
        struct arena *arena = arena_new();
        for (int i = 0; i < left->list.n; i++) {
                const struct spot *at = &left->list.at[i].at;
                if (!is_first(left, i))
                        continue;
                struct span values[FLAG_VALUES];
                struct outcomes exits = exits_by(arena, left, at);
                bool flag = part_flag(arena, left, at, &exits, values);
                if (!flag)
                        exits = exits_by(arena, left, at);
                for (int e = 0; e < exits.list.n; e++) {
                        const struct outcome *outcome = &exits.list.at[e];
                        if (outcome->kind == LEFT_AS_IT_WAS || outcome_repeats(&exits, e))
                                continue;
                        struct condition condition = outcome_condition(program->arena, &exits, outcome);
                        bool moved = outcome->kind == LEFT_MOVED;
                        contract_add(program, contract,
                                     (struct effect){.kind = moved ? EFFECT_COPIES : EFFECT_FILLS,
                                                     .flag = flag,
                                                     .at = *at,
                                                     .from = outcome->from,
                                                     .plus = moved ? outcome->part : 0,
                                                     .value = moved  ? SPAN_ALL
                                                              : flag ? values[outcome->part]
                                                                     : hull_at(left, at),
                                                     .result = condition.result,
                                                     .when = condition.when,
                                                     .nwhen = condition.nwhen,
                                                     .maybe = condition.maybe});
                }
        }
        arena_drop(arena);
}
