/*
 * holder.c: memory is released in which the block followed stands. Comes in: a
 * call that releases it as it is; goes out: a block that lies there no more,
 * so that whoever has no other pointer to it has lost it.
 */
#include "flow/call.h"

/* Released as it is: what stands in it is nobody's business. */
static bool is_plain(const struct models *models, families set)
{
        for (int i = family_next(set, -1); i >= 0; i = family_next(set, i))
                if (!models->families.at[i].target && !models->families.at[i].object)
                        return false;
        return (set & ~FAMILY_UNKNOWN) != 0;
}

/* Some other call gets PLACE, and may have taken what stands in there. */
static bool is_passed_on(const struct walk *walk, const struct event *event, int place)
{
        const struct function *function = walk->function;
        for (int c = 0; c < function->calls.n; c++) {
                const struct event *other = function->calls.at[c].event;
                bool harmless = function->calls.at[c].model && function->calls.at[c].model->pure;
                for (int a = 0; !harmless && other->callee != event->callee && a < other->nargs; a++)
                        if (other->args[a] == place)
                                return true;
        }
        return false;
}

void holder_released(struct visit *visit, const struct effect *effect, int value)
{
        struct walk *walk = visit->walk;
        struct state *state = visit->state;
        const struct origin *origin = value < 0 ? NULL : map_get(&walk->origins, (uint64_t)value + 1);
        int arg = effect->at.root, kept = 0;
        bool sure = effect->kind == EFFECT_TAKES && !effect->maybe && !effect->nwhen && !effect->at.nsteps &&
                    arg >= 0 && visit->call->model && !visit->drop &&
                    is_plain(walk->program->models, effect->family);
        if (!sure || state->status != BLOCK_OWNED || state->holder != value || !origin || origin->borrowed ||
            is_passed_on(walk, visit->event, visit->event->args[arg]))
                return;
        for (int i = 0; i < state->store.n; i++) {
                const struct held *held = &state->store.at[i];
                if (!value_within(&walk->values, held->content, walk->subject.value) ||
                    value_base(&walk->values, held->address) != value)
                        state->store.at[kept++] = *held;
        }
        if (kept < state->store.n) /* it still stood there */
                state->stored = false;
        state->store.n = kept;
}
