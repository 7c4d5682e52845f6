/* branch.c: see branch.h. */
#include "flow/branch.h"

enum { BRANCH_STEPS = 6 };

/* A branch that the path had a choice at becomes part of the story while something is at stake. */
static void remember_branch(struct walk *walk, struct state *state, const struct block *block, bool truth)
{
        bool lock = walk->property == FOLLOW_LOCK && state->gil == GIL_RELEASED;
        bool memory =
            walk->property == FOLLOW_BLOCK && (state->status == BLOCK_OWNED || state->status == BLOCK_FREED);
        if (!(lock || memory) || state->depth >= BRANCH_STEPS)
                return;
        const struct step **why = lock ? &state->gil_why : &state->why;
        struct range at = {block->at, 0, 0};
        *why = walk_step(walk, STEP_BRANCH, at, *why, "%s is %s here",
                         walk_condition(walk, block->place, true), truth ? "true" : "false");
        state->depth++;
}

/* A condition asks about PART. */
static bool mentions(const struct walk *walk, int condition, int part)
{
        const struct value *v = &walk->values.list.at[condition];
        if (value_within(&walk->values, condition, part))
                return true;
        return v->kind == VALUE_ARITH && (mentions(walk, v->a, part) || mentions(walk, v->b, part));
}

/* The block followed turned out to be null: there is none on this path. */
static void null_subject(struct walk *walk, struct state *state, int condition)
{
        if (state->untested && !mentions(walk, condition, walk->subject.value))
                return;
        state->untested = false;
        if (walk->property == FOLLOW_BLOCK && walk->subject.value >= 0 &&
            (state->status == BLOCK_OWNED || state->status == BLOCK_BORROWED || state->shown) &&
            span_is_zero(state_span(state, &walk->values, walk->subject.value))) {
                state->status = BLOCK_NONE;
                state->failed = walk->subject.event != 0;
        }
}

/* A block obtained here has an address that nothing older and no variable has. */
static bool is_elsewhere(const struct walk *walk, int value)
{
        const struct value *base = &walk->values.list.at[value_base(&walk->values, value)];
        return base->kind == VALUE_VAR || base->kind == VALUE_GLOBAL || base->kind == VALUE_STRING ||
               base->kind == VALUE_FUNC || (base->kind == VALUE_CONTENT && base->b == 0);
}

void branch_asked(struct walk *walk, struct state *state, int condition)
{
        const struct value *v = &walk->values.list.at[condition];
        bool compares = v->kind == VALUE_ARITH && (v->op == ARITH_EQ || v->op == ARITH_NE);
        if (walk->property != FOLLOW_BLOCK || !compares || !walk->subject.event ||
            state->status == BLOCK_NONE || walk->subject.value < 0)
                return;
        int a = value_base(&walk->values, v->a), b = value_base(&walk->values, v->b);
        int other = a == walk->subject.value ? v->b : b == walk->subject.value ? v->a : -1;
        if (other >= 0 && is_elsewhere(walk, other))
                state_assume(state, &walk->values, condition, v->op == ARITH_NE ? SPAN_NONZERO : SPAN_ZERO);
}

/* The condition is the result of a call that says whether something failed before. */
static bool tells_failure(const struct walk *walk, int condition)
{
        const struct value *v = &walk->values.list.at[condition];
        if (v->kind == VALUE_ARITH && v->op == ARITH_NE)
                v = &walk->values.list.at[v->a];
        if (v->kind != VALUE_RESULT || !v->a)
                return false;
        int block = walk_block_of(walk, v->a);
        const struct call *call = function_call(walk->function, block, v->a - walk->base[block]);
        return call && call->model && call->model->tells_failure;
}

/* The condition reads what the library that made the block put into it: which way it goes is the library's
 * word. */
static bool is_guess(const struct walk *walk, int condition)
{
        const struct value *v = &walk->values.list.at[condition];
        const struct origin *origin = walk->subject.event && walk->subject.value >= 0
                                          ? map_get(&walk->origins, (uint64_t)walk->subject.value + 1)
                                          : NULL;
        if (!origin || !origin->call || origin->call->to.n)
                return false;
        if (v->kind == VALUE_ARITH)
                return is_guess(walk, v->a) || is_guess(walk, v->b);
        return v->kind == VALUE_CONTENT && v->a != walk->subject.value &&
               value_within(&walk->values, v->a, walk->subject.value);
}

void branch_taken(struct walk *walk, struct state *state, const struct block *block, int condition,
                  bool truth, bool choice)
{
        null_subject(walk, state, condition);
        bool obtained = walk->subject.value >= 0 && !walk->subject.at.nsteps &&
                        span_not_zero(state_span(state, &walk->values, walk->subject.value));
        if (truth && !obtained && tells_failure(walk, condition))
                state->doubtful = true; /* perhaps it is this block that failed */
        state->guessed |= choice && walk->property == FOLLOW_BLOCK && is_guess(walk, condition);
        if (choice)
                remember_branch(walk, state, block, truth);
}
