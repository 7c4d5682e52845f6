/*
 * jump.c: calls that return twice. Comes in: the states in which some call may
 * end in a jump; goes out: the same states where the call that returns twice
 * returns for the second time. For the lock alone, and for functions with one
 * such call: with several, which of them a jump leads to is not known.
 */
#include "flow/call.h"
#include "flow/jump.h"

enum { MEETINGS = 40 }; /* joins of one state that jumps, before what it knows is left as it is */

void jump_init(struct walk *walk)
{
        int landings = 0, jumps = 0;
        if (walk->property != FOLLOW_LOCK || !walk->func->uses_setjmp)
                return;
        for (int i = 0; i < walk->function->calls.n; i++) {
                const struct call *call = &walk->function->calls.at[i];
                landings += call->model && call->model->twice;
                jumps += call->jumps;
        }
        walk->jumps = landings == 1 && jumps;
}

int walk_part(const struct walk *walk, int block)
{
        return walk->jumps ? 0 : walk->live->order->part[block];
}

gil_set jump_states(const struct visit *visit)
{
        gil_set now = visit->state->gil, out = 0;
        int n;
        struct function *const *targets = visit_targets(visit, &n);
        if (!n)
                return now;
        for (int i = 0; i < n; i++)
                if (targets[i]->jumps)
                        out |= now & GIL_RELEASED ? targets[i]->jumps_released : targets[i]->jumps_held;
        if (out & GIL_HELD && now & GIL_ASSUMED)
                out = (out & ~(unsigned)GIL_HELD) | GIL_ASSUMED;
        return out;
}

/* A state that jumps: one per state of the lock is kept, what else is known is joined. */
static void take_off(struct walk *walk, const struct visit *visit, gil_set gil)
{
        struct state *state = state_copy(visit->state);
        if (gil != state->gil)
                state->open = OPEN_UNKNOWN;
        state->gil = gil;
        state->gil_why = walk_step(walk, STEP_BRANCH, visit->event->at, state->gil_why,
                                   "'%s' may end in a jump back", visit_called(visit));
        bool changed = true, found = false;
        for (int i = 0; i < walk->jumping.n && !found; i++) {
                struct state *other = walk->jumping.at[i];
                found = other->gil == gil && other->open == state->open;
                if (found)
                        changed =
                            other->joins < MEETINGS && state_join(other, state, &walk->values, visit->block);
        }
        if (!found)
                VEC_PUSH(walk->arena, &walk->jumping, state);
        for (int i = 0; changed && i < walk->nodes[walk->landing].states.n; i++)
                walk->nodes[walk->landing].dirty.at[i] = true;
}

void jump_note(struct walk *walk, const struct visit *visit)
{
        if (!walk->jumps || !visit->call->jumps)
                return;
        static const gil_set each[] = {GIL_HELD, GIL_RELEASED, GIL_ASSUMED, GIL_UNKNOWN};
        gil_set gil = jump_states(visit);
        for (int i = 0; i < 4; i++)
                if (gil & each[i])
                        take_off(walk, visit, each[i]);
}

void jump_land(struct walk *walk, const struct visit *visit, struct states *out)
{
        if (!walk->jumps || !visit->call->model || !visit->call->model->twice)
                return;
        walk->landing = visit->block;
        for (int i = 0; i < out->list.n; i++)
                state_assume(out->list.at[i], &walk->values, visit->result, SPAN_ZERO);
        for (int i = 0; i < walk->jumping.n; i++) {
                struct visit second = *visit;
                second.state = state_copy(walk->jumping.at[i]);
                state_renew(second.state, &walk->values, visit->result);
                state_set(second.state, visit->result, SPAN_NONZERO, 0);
                second.state->result = visit->result;
                call_deliver(walk, &second);
                VEC_PUSH(walk->arena, &out->list, second.state);
        }
}
