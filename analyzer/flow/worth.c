/*
 * worth.c: which functions are worth a walk: those that touch the lock or memory,
 * themselves or through a callee, and those whose callers see what they write.
 */
#include "flow/call.h"
#include "flow/drop.h"

#include <string.h>

enum { SMALL = 8 };

bool contract_changes_lock(const struct contract *contract)
{
        for (int i = 0; i < contract->gil.n; i++) {
                const struct gil_case *c = &contract->gil.at[i];
                if (c->has_saves || c->has_restores || (c->leaves_held && c->leaves_held != GIL_HELD) ||
                    (c->leaves_released && c->leaves_released != GIL_RELEASED && (c->needs & GIL_RELEASED)))
                        return true;
        }
        return false;
}

bool contract_runs_released(const struct contract *contract)
{
        gil_set needs = contract->gil.n ? 0 : GIL_ANY;
        for (int i = 0; i < contract->gil.n; i++)
                needs |= contract->gil.at[i].needs;
        return needs & GIL_RELEASED;
}

bool contract_brings_lock(const struct contract *contract)
{
        for (int i = 0; contract && i < contract->gil.n; i++) {
                const struct gil_case *c = &contract->gil.at[i];
                if (!c->inferred && !c->has_saves && !c->has_restores && (c->needs & GIL_RELEASED) &&
                    c->leaves_held == GIL_HELD && c->leaves_released == GIL_HELD && !c->nwhen)
                        return true;
        }
        return false;
}

static bool brings_lock(const struct call *call)
{
        bool one = call->event->target < 0 && call->to.n == 1;
        return contract_brings_lock(call->contract) || (one && call->to.at[0]->brings_lock);
}

static bool calls_back(const struct contract *contract)
{
        for (int i = 0; i < contract->effects.n; i++)
                if (contract->effects.at[i].kind == EFFECT_CALLS)
                        return true;
        return false;
}

static bool handles_memory(const struct contract *contract)
{
        for (int i = 0; i < contract->effects.n; i++) {
                enum effect_kind kind = contract->effects.at[i].kind;
                if (kind == EFFECT_GIVES || kind == EFFECT_TAKES || kind == EFFECT_RESIZES ||
                    kind == EFFECT_BORROWS || kind == EFFECT_KEEPS)
                        return true;
        }
        return false;
}

/* The arguments that a contract may keep or release. */
static uint64_t kept_by(const struct contract *contract)
{
        uint64_t kept = contract->opaque ? UINT64_MAX : 0;
        for (int i = 0; i < contract->effects.n; i++) {
                const struct effect *effect = &contract->effects.at[i];
                const struct spot *spot = effect->kind == EFFECT_COPIES ? &effect->from : &effect->at;
                bool away = effect->kind == EFFECT_KEEPS || effect->kind == EFFECT_TAKES ||
                            effect->kind == EFFECT_RESIZES || effect->kind == EFFECT_COPIES;
                if (away && !spot->nsteps && spot->root >= 0 && spot->root < 64)
                        kept |= (uint64_t)1 << spot->root;
        }
        return kept;
}

/* Blocks are followed from such calls, or to them. What a pointer holds may be known on a path only. */
static bool moves_memory(const struct call *call, const struct contracts *contracts)
{
        bool moves = call->event->target >= 0 && !call->contract;
        for (int i = 0; i < contracts->list.n; i++)
                for (int j = 0; j < contracts->list.at[i]->effects.n; j++) {
                        enum effect_kind kind = contracts->list.at[i]->effects.at[j].kind;
                        moves |= kind == EFFECT_GIVES || kind == EFFECT_TAKES || kind == EFFECT_RESIZES;
                }
        return moves;
}

static bool minds_lock(const struct call *call, const struct contracts *contracts)
{
        bool minds = call->model && call->model->reads_object;
        for (int i = 0; i < contracts->list.n; i++)
                minds |= contracts->list.at[i]->gil.n != 0;
        for (int i = 0; i < call->to.n; i++)
                minds |= call->to.at[i]->minds_lock;
        return minds;
}

/* The globals and fields that get one more or one less. */
static void find_counts(const struct program *program, struct function *function)
{
        const struct func *func = function->func;
        for (int b = 0; b < func->blocks.n; b++)
                for (int e = 0; e < func->blocks.at[b].events.n; e++) {
                        const struct event *event = &func->blocks.at[b].events.at[e];
                        const struct place *src = event->src < 0 ? NULL : &func->places.at[event->src];
                        if (event->kind != EVENT_ASSIGN || !src || src->kind != PLACE_ARITH ||
                            src->op > ARITH_SUB || src->base != event->dst ||
                            func->places.at[src->index].kind != PLACE_CONST)
                                continue;
                        const struct place *dst = &func->places.at[event->dst];
                        if (dst->kind == PLACE_FIELD || dst->kind == PLACE_GLOBAL)
                                keys_add(program->arena, &function->lock_counts,
                                         dst->kind == PLACE_FIELD
                                             ? dst->name
                                             : program_global(program, function->unit, dst->name));
                }
}

void function_classify(struct program *program, struct function *function)
{
        struct arena *scratch = arena_new();
        function->minds_lock |= function->recursive; /* what it comes to is not known yet */
        function->moves_memory |= function->recursive;
        for (int i = 0; i < function->calls.n; i++) {
                struct contracts contracts = {0};
                call_contracts(program, &function->calls.at[i], scratch, &contracts);
                function->minds_lock |= minds_lock(&function->calls.at[i], &contracts);
                function->brings_lock |= brings_lock(&function->calls.at[i]);
                function->moves_memory |= moves_memory(&function->calls.at[i], &contracts);
                for (int j = 0; j < contracts.list.n; j++) {
                        function->calls.at[i].kept |= kept_by(contracts.list.at[j]);
                        function->uses_lock |= contract_changes_lock(contracts.list.at[j]);
                        function->uses_memory |= handles_memory(contracts.list.at[j]);
                        function->passes_functions |= calls_back(contracts.list.at[j]);
                }
                for (int j = 0; j < function->calls.at[i].to.n; j++)
                        keys_add_all(program->arena, &function->lock_counts,
                                     &function->calls.at[i].to.at[j]->lock_counts);
        }
        function->counts = params_counted(function);
        if (function->uses_lock)
                find_counts(program, function);
        arena_drop(scratch);
}

bool lock_matters(const struct function *function, gil_set gil)
{
        return function->uses_lock || (gil == GIL_RELEASED && function->minds_lock);
}

/* *p and p->f for a parameter p: what a caller sees written. */
static bool is_through_param(const struct func *func, int place)
{
        while (place >= 0 && func->places.at[place].kind == PLACE_FIELD)
                place = func->places.at[place].base;
        return place >= 0 && func->places.at[place].kind == PLACE_DEREF &&
               func->places.at[func->places.at[place].base].kind == PLACE_PARAM;
}

static bool writes_through(const struct func *func)
{
        for (int b = 0; b < func->blocks.n; b++)
                for (int e = 0; e < func->blocks.at[b].events.n; e++)
                        if (is_through_param(func, func->blocks.at[b].events.at[e].dst))
                                return true;
        return false;
}

/* It stores a pointer in memory, or passes an argument to code of which nothing is known: a block may stay
 * there. */
static bool hands_on(const struct function *function)
{
        const struct func *func = function->func;
        for (int b = 0; b < func->blocks.n; b++)
                for (int e = 0; e < func->blocks.at[b].events.n; e++) {
                        const struct event *event = &func->blocks.at[b].events.at[e];
                        enum place_kind kind =
                            event->dst >= 0 ? func->places.at[event->dst].kind : PLACE_UNKNOWN;
                        if (event->kind == EVENT_ASSIGN && (kind >= PLACE_FIELD || kind == PLACE_GLOBAL) &&
                            is_pointer_type(func_type(func, event->src)))
                                return true;
                }
        for (int i = 0; i < function->calls.n; i++) {
                const struct call *call = &function->calls.at[i];
                bool unknown = call->open && !call->contract && !call->known.n;
                for (int j = 0; unknown && j < call->event->nargs; j++)
                        if (is_pointer_type(func_type(func, call->event->args[j])))
                                return true;
        }
        return false;
}

/* A call does more than read what it is given. */
static bool changes(const struct contract *contract)
{
        for (int i = 0; i < contract->effects.n; i++)
                if (contract->effects.at[i].kind != EFFECT_READS)
                        return true;
        return false;
}

/* p, p + n and the like for a parameter p, or a variable that is set to that. ANY: p need be no pointer. */
static bool starts_at_param(const struct func *func, int place, bool any, bool variables)
{
        while (place >= 0 && func->places.at[place].kind == PLACE_ARITH)
                place = func->places.at[place].base;
        if (place < 0 || func->places.at[place].kind != PLACE_LOCAL || !variables)
                return place >= 0 && func->places.at[place].kind == PLACE_PARAM &&
                       (any || is_pointer_type(func_type(func, place)));
        for (int b = 0; b < func->blocks.n; b++)
                for (int e = 0; e < func->blocks.at[b].events.n; e++)
                        if (func->blocks.at[b].events.at[e].dst == place &&
                            starts_at_param(func, func->blocks.at[b].events.at[e].src, any, false))
                                return true;
        return false;
}

/* It returns a pointer that it was given; a small one perhaps something else that callers have to know: null
 * (a helper that only raises), a comparison (which never is -1). */
static bool hands_back(const struct func *func)
{
        bool small = func->blocks.n <= SMALL, pointer = is_pointer_type(func->result);
        for (int b = 0; b < func->blocks.n; b++)
                if (func->blocks.at[b].end == END_RETURN && func->blocks.at[b].place >= 0 &&
                    (small || starts_at_param(func, func->blocks.at[b].place, pointer, true)))
                        return true;
        return false;
}

/* Its callers have to know what it stores through its parameters, and what it returns of them. */
bool function_hands_through(const struct function *function)
{
        const struct func *func = function->func;
        if (!function->callers.n && !function->address_taken)
                return false;
        if (function->lock_counts.list.n || hands_back(func))
                return true;
        if (!func->nparams)
                return false;
        if (hands_on(function) || writes_through(func))
                return true;
        for (int i = 0; i < function->calls.n; i++)
                for (int j = 0; j < function->calls.at[i].to.n; j++)
                        if (changes(&function->calls.at[i].to.at[j]->contract))
                                return true;
        return false;
}
