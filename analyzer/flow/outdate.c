/*
 * outdate.c: see outdate.h. What was only read, not stored, on a path is left
 * alone where nobody is seen to write it: a flag that is asked before and
 * behind a call of a library is the same flag, since somebody meant it to be.
 */
#include "flow/outdate.h"

void outdate_note(struct values *values, int address)
{
        for (int i = 0; i < values->statuses.n; i++)
                if (values->statuses.at[i] == address)
                        return;
        VEC_PUSH(values->arena, &values->statuses, address);
}

static void leave_anything(struct state *state, struct values *values, int address, int event)
{
        int value = value_of(values, (struct value){.kind = VALUE_OUT, .a = event, .b = address});
        state_renew(state, values, value);
        state_set(state, value, SPAN_ALL, 0);
        state_write(state, values, address, value);
}

void outdate_statuses(struct state *state, struct values *values, int event)
{
        for (int i = 0; i < values->statuses.n; i++)
                leave_anything(state, values, values->statuses.at[i], event);
}

/* A global that others may write at any time keeps what was merely read from it. */
static bool is_outdated(const struct state *state, const struct values *values, const struct keys *writes,
                        const struct held *held)
{
        const struct value *base = &values->list.at[value_base(values, held->address)];
        if (base->kind != VALUE_GLOBAL || state_saved(state, held->content))
                return false;
        bool named = !writes->all && keys_has(writes, base->name);
        bool number = values->list.at[held->content].kind == VALUE_CONST;
        bool outside = writes->outside && !(values->inside && map_get(values->inside, MAP_KEY(base->name)));
        bool any = writes->all && (!values->written || map_get(values->written, MAP_KEY(base->name)));
        return named || (number && (outside || any));
}

void outdate_globals(struct state *state, struct values *values, const struct keys *writes, int event)
{
        VEC(int) outdated = {0};
        if (!writes->all && !writes->list.n && !writes->outside)
                return;
        for (int i = 0; i < state->store.n; i++)
                if (is_outdated(state, values, writes, &state->store.at[i]))
                        VEC_PUSH(state->pool->arena, &outdated, state->store.at[i].address);
        for (int i = 0; i < outdated.n; i++)
                leave_anything(state, values, outdated.at[i], event);
}

void outdate_numbers(struct state *state, struct values *values, int pointer, int event)
{
        VEC(int) outdated = {0};
        for (int i = 0; i < state->store.n; i++) {
                const struct held *held = &state->store.at[i];
                if (values->list.at[held->content].kind == VALUE_CONST &&
                    value_within(values, held->address, pointer))
                        VEC_PUSH(state->pool->arena, &outdated, held->address);
        }
        for (int i = 0; i < outdated.n; i++)
                leave_anything(state, values, outdated.at[i], event);
}
