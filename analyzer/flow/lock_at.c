/*
 * lock_at.c: in which states of the lock a function makes its calls. Comes in:
 * a function with its contexts; goes out: a set per call. How the lock came to be
 * so is not told.
 */
#include "flow/context.h"

static void note_call(void *data, const struct visit *visit)
{
        gil_set *states = data;
        states[visit->call - visit->walk->function->calls.at] |= visit->state->gil;
}

bool lock_needs_walk(const struct function *function, const struct context *context)
{
        return context->gil == GIL_RELEASED || function->uses_lock;
}

gil_set *lock_at_calls(struct program *program, struct function *function, struct arena *arena)
{
        gil_set *states = NEW_ARRAY(arena, gil_set, function->calls.n + 1);
        for (int c = 0; c < function->contexts.n; c++) {
                const struct context *context = function->contexts.at[c];
                bool plain = !lock_needs_walk(function, context);
                for (int i = 0; plain && i < function->calls.n; i++)
                        states[i] |= context->gil;
                if (!plain)
                        context_walk(program, function, context, note_call, states);
        }
        return states;
}
