/*
 * call_lock.c: what a call does to the lock: the cases of its contract that the
 * state allows, and the tokens that remember the state before.
 */
#include "flow/call.h"

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

static void tell_lock(struct visit *visit, const struct gil_case *c, gil_set after)
{
        struct walk *walk = visit->walk;
        struct state *state = visit->state;
        const struct step *before = state->gil_why;
        bool taken = after & (GIL_HELD | GIL_ASSUMED);
        if (c->why) {
                before = walk_step(walk, STEP_CALL, visit->event->at, before, "'%s' calls '%s'%s",
                                   function_name(walk->function), visit_called(visit),
                                   walk_reason(walk, visit->block));
                state->gil_why = steps_splice(walk->arena, c->why, before);
                return;
        }
        struct step *step = (struct step *)walk_step(
            walk, taken ? STEP_ACQUIRE : STEP_RELEASE, visit->event->at, before, "'%s' %s the GIL%s",
            visit_called(visit), taken ? "takes" : "releases", walk_reason(walk, visit->block));
        step->state = taken ? "held" : after == GIL_RELEASED ? "released" : "either";
        state->gil_why = step;
}

/* The token. */
static int save_token(struct visit *visit, const struct gil_case *c, gil_set before)
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
        bool released = !c->token_null && before & (GIL_HELD | GIL_ASSUMED);
        struct span span = c->token_null_if_same ? (released ? SPAN_NONZERO : SPAN_ZERO) : SPAN_ALL;
        if (address < 0)
                span_meet(&span, c->result);
        state_set(visit->state, token, span, c->token_null ? 0 : before);
        return token;
}

/* What is left of the handles behind a call that takes or gives back one of them. */
static void settle_handles(struct visit *visit, const struct gil_case *c, int given, int taken, gil_set after)
{
        struct handles *handles = &visit->state->handles;
        bool handle = c->has_saves && !c->token_null && after & (GIL_HELD | GIL_ASSUMED);
        if (c->has_restores && handles->n)
                handles_give(handles, given);
        if (handle)
                handles_take(handles, taken);
        else if (c->inferred && c->opens > 0 && after & (GIL_HELD | GIL_ASSUMED))
                handles->n = -1; /* it has one open that is not seen from here */
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

bool token_crosses(const struct state *state, int token)
{
        int last = handles_last(&state->handles);
        if (last < 0 || last == token || handles_at(&state->handles, token) < 0)
                return false;
        return (state_saved(state, token) == GIL_RELEASED) != (state_saved(state, last) == GIL_RELEASED);
}

/* The wrong handle is given back, which is told there. From here on it is as if it had been the right one. */
static void uncross(struct state *state, const struct values *values, int token)
{
        state->crossed = true;
        int last = handles_last(&state->handles);
        gil_set mine = state_saved(state, token), theirs = state_saved(state, last);
        state_set(state, token, state_span(state, values, token), theirs);
        state_set(state, last, state_span(state, values, last), mine);
}

/* The lock behind one case. */
static gil_set settle_lock(struct visit *visit, const struct gil_case *c)
{
        struct walk *walk = visit->walk;
        struct state *state = visit->state;
        gil_set before = state->gil, after = leaves(c, before);
        int token = -1, taken = -1;
        if (c->has_restores) {
                token = spot_value(visit, &c->restores);
                if (token >= 0) /* out of its disguise, see infer_lock.c */
                        token = value_base(&walk->values, token);
                if (token >= 0 && token_crosses(state, token))
                        uncross(state, &walk->values, token);
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
                taken = save_token(visit, c, before);
        settle_handles(visit, c, token, taken, after);
        /* A state saved where none was attached opens nothing; a handle has to be given back in any case. */
        bool idle = after == before && c->leaves_held != GIL_HELD;
        bool lost = c->has_restores && before == GIL_RELEASED && !(c->needs & GIL_RELEASED);
        if (lost) /* told at this call; what is still open is of the same cause */
                state->open = OPEN_UNKNOWN;
        count_open(state, c->inferred ? c->opens : (c->has_saves && !idle) - c->has_restores);
        return after;
}

/* A pointer that nobody tested is no null pointer on account of a case that asks for one beside others. */
static bool is_guess(const struct visit *visit, const struct contract *contract, const struct gil_case *c)
{
        if (c->inferred || contract->gil.n < 2 || c->nwhen != 1 || !span_is_zero(c->when[0].span))
                return false;
        int value = spot_value(visit, &c->when[0].of);
        return value >= 0 && span_equal(state_span(visit->state, &visit->walk->values, value), SPAN_ALL);
}

/* The case asks for null, and a variable holds it: perhaps the path that left it so does not come here. */
static bool by_variable(const struct visit *visit, const struct gil_case *c)
{
        bool null = !c->inferred && c->nwhen == 1 && c->when[0].of.root >= 0 &&
                    c->when[0].of.root < visit->event->nargs && span_is_zero(c->when[0].span);
        return null &&
               visit->walk->func->places.at[visit->event->args[c->when[0].of.root]].kind != PLACE_NULL;
}

/* The place of the token, when the case asks for that itself: `if (!s->saved) s->saved = save()`. */
static const struct spot *track_of(const struct gil_case *c)
{
        for (int i = 0; c->inferred && i < c->nwhen; i++)
                if ((c->has_saves && spot_equal(&c->when[i].of, &c->saves)) ||
                    (c->has_restores && spot_equal(&c->when[i].of, &c->restores)))
                        return &c->when[i].of;
        return NULL;
}

/*
 * The callee gives the lock up, or takes it back, where that was not done before;
 * it knows by the token that it keeps in memory, of which too little is known
 * here: memory and lock go together in a way that is not seen. What existed at
 * entry becomes a condition of the function's own contract where paths are kept
 * apart.
 */
static bool is_tracked(const struct visit *visit, const struct contract *contract)
{
        const struct values *values = &visit->walk->values;
        const struct spot *track = NULL;
        gil_set after = 0;
        for (int i = 0; i < contract->gil.n; i++) {
                const struct gil_case *c = &contract->gil.at[i];
                gil_set here = leaves(c, visit->state->gil);
                if (!here || !tests_possible(visit, c->when, c->nwhen))
                        continue;
                after |= here;
                track = track ? track : track_of(c);
        }
        int token = track && (after & (after - 1)) ? spot_value(visit, track) : -1;
        const struct value *v = token < 0 ? NULL : &values->list.at[token];
        bool condition = v && visit->walk->apart && v->kind == VALUE_CONTENT && !v->b;
        struct span span = v ? state_span(visit->state, values, token) : SPAN_ALL;
        return v && !condition && !span_is_zero(span) && !span_not_zero(span);
}

void call_lock(struct walk *walk, struct visit *visit, const struct contract *contract, struct states *out)
{
        if (!contract->gil.n) {
                VEC_PUSH(walk->arena, &out->list, visit->state);
                return;
        }
        visit->state->lost |= is_tracked(visit, contract);
        for (int i = 0; i < contract->gil.n; i++) {
                const struct gil_case *c = &contract->gil.at[i];
                struct visit fork = visit_fork(visit);
                if (is_guess(visit, contract, c) || !leaves(c, fork.state->gil) ||
                    !case_assume(&fork, c->when, c->nwhen, c->result))
                        continue;
                gil_set before = fork.state->gil, after = settle_lock(&fork, c);
                if (!after)
                        continue;
                fork.state->gil = after;
                fork.state->lost |= (c->unsure || by_variable(visit, c)) && after != before;
                if (after != before)
                        tell_lock(&fork, c, after);
                VEC_PUSH(walk->arena, &out->list, fork.state);
        }
}
