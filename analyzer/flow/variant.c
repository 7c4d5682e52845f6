/*
 * variant.c: what a call does with memory when it gives its callee constants: a
 * mode, a flag, a null pointer for what is not wanted. Comes in: a function
 * whose callees have their contracts; goes out: call->variant where the one
 * body behind a call asks for what it is given and its contract leaves open
 * which of its ways is taken. The lock is told apart by contexts instead.
 */
#include "flow/infer.h"

#include <string.h>

enum { LARGEST = 120, DEEPEST = 3, ASSUMED = 8, PARAMS = 64, WITHIN = 16 };

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

/* The parameters that are read in PLACE, and not only what they point at. */
static uint64_t read_in(const struct func *func, int place)
{
        const struct place *p = place < 0 ? NULL : &func->places.at[place];
        if (!p || p->kind != PLACE_ARITH)
                return param_bit(func, place);
        return read_in(func, p->base) | read_in(func, p->index);
}

static struct function *one_body(const struct call *call)
{
        bool one =
            call->to.n == 1 && !call->open && !call->model && !call->contract && call->event->target < 0;
        return one ? call->to.at[0] : NULL;
}

/* The parameters that stay as they are and on which a branch depends, here or in what they are handed to. */
static uint64_t params_asked(const struct function *function)
{
        const struct func *func = function->func;
        uint64_t asked = 0, shown;
        for (int b = 0; b < func->blocks.n; b++) {
                const struct block *block = &func->blocks.at[b];
                if (block->end == END_IF || block->end == END_SWITCH)
                        asked |= read_in(func, block->place);
        }
        for (int c = 0; c < function->calls.n; c++) {
                const struct call *call = &function->calls.at[c];
                const struct function *to = one_body(call);
                for (int a = 0; to && a < call->event->nargs && a < PARAMS; a++)
                        if (to->asked >> a & 1)
                                asked |= param_bit(func, call->event->args[a]);
        }
        return asked ? asked & params_pinned(func, &shown) : 0;
}

/* What the contract says happens to a block on some paths only, or null may stand for it. */
static bool is_open(const struct contract *contract)
{
        bool open = contract->result_maybe_null;
        for (int i = 0; i < contract->effects.n; i++) {
                const struct effect *effect = &contract->effects.at[i];
                bool memory = effect->kind == EFFECT_GIVES || effect->kind == EFFECT_TAKES ||
                              effect->kind == EFFECT_RESIZES || effect->kind == EFFECT_KEEPS;
                bool returned = effect->kind == EFFECT_GIVES && effect->at.root == SPOT_RESULT;
                open |= memory &&
                        (effect->maybe || effect->nullable || effect->nwhen ||
                         !span_equal(effect->result, SPAN_ALL) || (returned && !contract->result_never_null));
        }
        return open;
}

static int find_assumed(const struct function *caller, const struct call *call, const struct function *to,
                        struct test *assumed)
{
        int n = 0;
        for (int i = 0; i < call->event->nargs && i < to->func->nparams && i < PARAMS && n < ASSUMED; i++) {
                int64_t number;
                if ((to->asked >> i & 1) && is_constant(caller, call->event->args[i], &number) &&
                    number_held(to->func->vars.at[i].type, &number))
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

static struct contract *infer_assuming(struct program *program, const struct function *to,
                                       const struct test *assumed, int n, int depth)
{
        struct function *copy = NEW(program->arena, struct function);
        struct test *kept = NEW_ARRAY(program->arena, struct test, n);
        memcpy(kept, assumed, (size_t)n * sizeof *kept);
        *copy = *to;
        copy->assumed = kept;
        copy->nassumed = n;
        copy->calls.at = arena_grow(program->arena, to->calls.at, (size_t)to->calls.n * sizeof(struct call),
                                    (size_t)to->calls.n * sizeof(struct call));
        find_variants(program, copy, depth - 1);
        infer_variant(program, copy);
        add_reads(program, &copy->contract, &to->contract);
        return &copy->contract;
}

/* What the same callee was asked for before, by whom ever. */
static sym variant_name(struct program *program, const struct function *to, const struct test *assumed, int n,
                        int depth)
{
        sym name = name_printf(program->names, "%d/%d", to->index, depth);
        for (int i = 0; i < n; i++)
                name = name_printf(program->names, "%s %d=%lld", name, assumed[i].of.root,
                                   (long long)assumed[i].span.low);
        return name;
}

static const struct contract *find_variant(struct program *program, const struct function *caller,
                                           const struct call *call, int depth)
{
        struct function *to = one_body(call);
        struct test assumed[ASSUMED];
        if (!to || to->recursive || !to->contract.inferred || to->func->blocks.n > LARGEST || !to->asked ||
            !is_open(&to->contract))
                return NULL;
        int n = find_assumed(caller, call, to, assumed);
        if (!n)
                return NULL;
        sym name = variant_name(program, to, assumed, n, depth);
        void *known = map_get(&program->variants, MAP_KEY(name));
        if (!known) {
                known = infer_assuming(program, to, assumed, n, depth);
                *map_at(&program->variants, MAP_KEY(name)) = known;
        }
        return known;
}

/* What the call gives is the same in a variant of FUNCTION, as far as is known. */
static bool is_settled(const struct function *function, const struct call *call)
{
        for (int i = 0; i < function->nassumed; i++)
                for (int a = 0; a < call->event->nargs; a++)
                        if (call->event->args[a] ==
                            function->func->vars.at[function->assumed[i].of.root].place)
                                return false;
        return function->assumed;
}

/* In a variant of so many calls, or each callee would be looked at as often as there are ways to it. */
static void find_variants(struct program *program, struct function *function, int depth)
{
        int found = 0;
        for (int c = 0; c < function->calls.n && depth && (!function->assumed || found < WITHIN); c++) {
                struct call *call = &function->calls.at[c];
                if (is_settled(function, call))
                        continue;
                call->variant = find_variant(program, function, call, depth);
                found += call->variant != NULL;
        }
}

void calls_vary(struct program *program, struct function *function)
{
        find_variants(program, function, DEEPEST);
        function->asked = params_asked(function);
}
