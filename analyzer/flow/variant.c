/*
 * variant.c: what a call does with memory when it gives its callee constants: a
 * mode, a flag, a null pointer for what is not wanted. Comes in: a function
 * whose callees have their contracts; goes out: call->variant where the one
 * body behind a call asks for what it is given and its contract leaves open
 * which of its ways is taken. The lock is told apart by contexts instead.
 */
#include "flow/infer.h"

enum { LARGEST = 120, DEEPEST = 3, ASSUMED = 8 };

/* The number that PLACE is in FUNCTION. */
static bool is_constant(const struct function *function, int place, int64_t *number)
{
        const struct place *p = &function->func->places.at[place];
        bool known = p->kind == PLACE_CONST || (p->kind == PLACE_SIZEOF && p->value >= 0);
        *number = known ? p->value : 0;
        for (int i = 0; p->kind == PLACE_PARAM && i < function->nassumed; i++) {
                const struct test *test = &function->assumed[i];
                if (function->func->vars.at[test->of.root].place != place)
                        continue;
                *number = test->span.low;
                known = true;
        }
        return known || p->kind == PLACE_NULL;
}

/* PLACE is read in WHOLE, and not only through it. */
static bool speaks_of(const struct func *func, int whole, int place)
{
        if (whole < 0)
                return false;
        const struct place *p = &func->places.at[whole];
        if (whole == place)
                return true;
        return p->kind == PLACE_ARITH &&
               (speaks_of(func, p->base, place) || speaks_of(func, p->index, place));
}

/* Nobody changes a parameter, nor gets its address. */
static bool is_pinned(const struct func *func, int place)
{
        for (int i = 0; i < func->places.n; i++)
                if (func->places.at[i].kind == PLACE_ADDR && func->places.at[i].base == place)
                        return false;
        for (int b = 0; b < func->blocks.n; b++)
                for (int e = 0; e < func->blocks.at[b].events.n; e++)
                        if (func->blocks.at[b].events.at[e].dst == place)
                                return false;
        return true;
}

static struct function *one_body(const struct call *call)
{
        bool one =
            call->to.n == 1 && !call->open && !call->model && !call->contract && call->event->target < 0;
        return one ? call->to.at[0] : NULL;
}

/* A branch depends on parameter I, here or in what it is handed to. */
static bool asks_for(const struct function *function, int i, int depth)
{
        const struct func *func = function->func;
        int place = func->vars.at[i].place;
        for (int b = 0; b < func->blocks.n; b++) {
                enum end_kind end = func->blocks.at[b].end;
                if ((end == END_IF || end == END_SWITCH) && speaks_of(func, func->blocks.at[b].place, place))
                        return true;
        }
        for (int c = 0; c < function->calls.n && depth; c++) {
                const struct call *call = &function->calls.at[c];
                const struct function *to = one_body(call);
                for (int a = 0; to && a < call->event->nargs && a < to->func->nparams; a++)
                        if (call->event->args[a] == place && asks_for(to, a, depth - 1))
                                return true;
        }
        return false;
}

/* What the contract says happens to a block on some paths only, or null may stand for it. */
static bool is_open(const struct contract *contract)
{
        bool open = contract->result_maybe_null;
        for (int i = 0; i < contract->effects.n; i++) {
                const struct effect *effect = &contract->effects.at[i];
                bool memory = effect->kind == EFFECT_GIVES || effect->kind == EFFECT_TAKES ||
                              effect->kind == EFFECT_RESIZES || effect->kind == EFFECT_KEEPS;
                open |= memory && (effect->maybe || effect->nullable || effect->nwhen ||
                                   !span_equal(effect->result, SPAN_ALL));
        }
        return open;
}

static int find_assumed(const struct function *caller, const struct call *call, const struct function *to,
                        struct test *assumed)
{
        int n = 0;
        for (int i = 0; i < call->event->nargs && i < to->func->nparams && n < ASSUMED; i++) {
                int64_t number;
                if (is_constant(caller, call->event->args[i], &number) &&
                    is_pinned(to->func, to->func->vars.at[i].place) && asks_for(to, i, DEEPEST))
                        assumed[n++] = (struct test){{.root = i}, {number, number, number != 0}};
        }
        return n;
}

/* What is dereferenced does not depend on what a walk finds. */
static void add_reads(struct program *program, struct contract *contract, const struct contract *whole)
{
        for (int i = 0; i < whole->effects.n; i++)
                if (whole->effects.at[i].kind == EFFECT_READS)
                        contract_add(program, contract, whole->effects.at[i]);
}

static void find_variants(struct program *program, struct function *function, int depth);

static const struct contract *find_variant(struct program *program, const struct function *caller,
                                           const struct call *call, int depth)
{
        struct function *to = one_body(call);
        struct test assumed[ASSUMED];
        if (!to || to->recursive || !to->contract.inferred || to->func->blocks.n > LARGEST ||
            !is_open(&to->contract))
                return NULL;
        int n = find_assumed(caller, call, to, assumed);
        if (!n)
                return NULL;
        struct function *copy = NEW(program->arena, struct function);
        struct test *kept = NEW_ARRAY(program->arena, struct test, n);
        for (int i = 0; i < n; i++)
                kept[i] = assumed[i];
        *copy = *to;
        copy->assumed = kept;
        copy->nassumed = n;
        copy->calls.at = NEW_ARRAY(program->arena, struct call, to->calls.n + 1);
        for (int i = 0; i < to->calls.n; i++)
                copy->calls.at[i] = to->calls.at[i];
        find_variants(program, copy, depth - 1);
        infer_variant(program, copy);
        add_reads(program, &copy->contract, &to->contract);
        return &copy->contract;
}

static void find_variants(struct program *program, struct function *function, int depth)
{
        for (int c = 0; c < function->calls.n && depth; c++)
                function->calls.at[c].variant =
                    find_variant(program, function, &function->calls.at[c], depth);
}

void calls_vary(struct program *program, struct function *function)
{
        find_variants(program, function, DEEPEST);
}
