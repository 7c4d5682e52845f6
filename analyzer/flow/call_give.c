/*
 * call_give.c: blocks that a call hands out. Comes in: an effect that gives one,
 * or lends memory; goes out: the value that stands for it, where it lies, and
 * what is known of it. Whether the effect happens is call_memory.c's business.
 */
#include "flow/call.h"

const struct step *call_told(struct visit *visit, enum step_kind kind, const struct step *chain,
                             const struct step *because, const char *verb)
{
        struct walk *walk = visit->walk;
        if (visit->drop)
                return drop_told(visit, kind, chain, because);
        if (!chain)
                return walk_step(walk, kind, visit->event->at, because, "'%s' %s%s", visit_called(visit),
                                 verb, walk_reason(walk, visit->block));
        because =
            walk_step(walk, STEP_CALL, visit->event->at, because, "'%s' calls '%s'%s",
                      function_name(walk->function), visit_called(visit), walk_reason(walk, visit->block));
        return steps_splice(walk->arena, chain, because);
}

int given_value(struct visit *visit, const struct effect *effect, int *address)
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
        (*origin)->lent |= effect->kind == EFFECT_BORROWS;
        (*origin)->borrowed = effect->kind == EFFECT_BORROWS && !effect->why; /* else on some paths only */
        (*origin)->call = visit->call;
        (*origin)->renews = call_renews(visit, effect);
        (*origin)->at = effect->at;
        if (!(*origin)->why)
                (*origin)->why = call_told(
                    visit, STEP_ALLOC, effect->why, NULL,
                    effect->kind == EFFECT_BORROWS ? "hands out memory of another owner" : "allocates");
}

/* The further spots that receive the block. True: one of them outlives this function. */
static bool leave_also(struct visit *visit, const struct effect *effect, int value)
{
        struct walk *walk = visit->walk;
        bool outside = false;
        for (int i = 0; i < effect->nalso; i++) {
                int other = spot_address(visit, &effect->also[i]);
                if (other < 0)
                        continue;
                outside |= !value_is_local(&walk->values, other);
                state_write(visit->state, &walk->values, other, value);
        }
        return outside;
}

/* Memory that is no block stands at ADDRESS, and still does where the effect does not happen. */
static bool may_stay(const struct visit *visit, const struct effect *effect, int address)
{
        const struct walk *walk = visit->walk;
        int old = walk->property == FOLLOW_NOTHING ? state_peek(visit->state, address) : -1;
        enum value_kind kind = old < 0 ? VALUE_CONST : walk->values.list.at[old].kind;
        bool fixed = kind == VALUE_VAR || kind == VALUE_STRING || kind == VALUE_GLOBAL;
        return fixed && (effect->maybe || effect->nwhen || !span_is_plain(effect->result));
}

void give_block(struct visit *visit, const struct contract *contract, const struct effect *effect)
{
        struct walk *walk = visit->walk;
        int address, value = given_value(visit, effect, &address);
        if (value < 0)
                return;
        bool lost = effect->maybe && beside_unset(visit, contract, effect, address);
        struct span span = effect->maybe || effect->nullable ? SPAN_ALL : SPAN_NONZERO;
        if (effect->optional && address >= 0)
                span = span_hull(span, state_span(visit->state, &walk->values,
                                                  state_read(visit->state, &walk->values, address)));
        if (address >= 0) /* the result was made anew before the effects */
                state_renew(visit->state, &walk->values, value);
        bool null_possible = address < 0 ? (contract->result_maybe_null && !effect->filled) || effect->maybe
                                         : effect->nullable;
        note_origin(visit, effect, value, null_possible);
        if (address >= 0) {
                walk_store(walk, visit, address, value);
                state_set(visit->state, value, span, 0);
                if (may_stay(visit, effect, address))
                        call_writes_perhaps(visit, address, value);
                else
                        state_write(visit->state, &walk->values, address, value);
        } else if (contract->result_never_null || effect->filled ||
                   (beside_tells(visit, effect) && !effect->nullable))
                state_assume(visit->state, &walk->values, value, span);
        bool outside = leave_also(visit, effect, value);
        struct state *state = visit->state;
        if (walk->property != FOLLOW_BLOCK || walk->subject.event != visit->number ||
            !spot_equal(&walk->subject.at, &effect->at))
                return;
        state->otherwise = walk->subject.family != effect->family;
        if (state->otherwise)
                return;
        walk->subject.value = value;
        walk->subject.null_possible = null_possible;
        state->stored = outside || (address >= 0 && !value_is_local(&walk->values, address));
        state->holder = state->stored && !outside ? value_base(&walk->values, address) : 0;
        state->status = effect->kind == EFFECT_BORROWS ? BLOCK_BORROWED : BLOCK_OWNED;
        state->family = effect->family;
        state->depth = 0;
        state->failed = false;
        state->asked = effect;
        state->given = true;
        state->why = ((struct origin *)map_get(&walk->origins, (uint64_t)value + 1))->why;
        if ((effect->maybe && !lost) || effect->shown)
                state->status = BLOCK_ESCAPED;
        state->shown = effect->shown && !effect->maybe ? visit->number : 0;
}
