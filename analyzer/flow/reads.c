/*
 * reads.c: which arguments a body dereferences on every way through it, without
 * asking first whether they are null. Comes in: a function and the contracts of
 * what it calls; goes out: effects of its contract, under no condition or under
 * one on another parameter. Follows no values: what is reached through a
 * variable, or under more than one condition, is not told.
 */
#include "flow/infer.h"

#include <string.h>

enum { PARAMS = 64, CONDITIONS_MOST = 4 };

/* What is known where a block begins, or ends: a bit per parameter. */
struct known {
        bool reached;
        uint64_t whole; /* on some way to here as it was given, and not dereferenced */
        uint64_t lost;  /* on some way to here assigned before that */
};

struct reading {
        struct program *program;
        struct function *function;
        const struct func *func;
        struct arena *arena;
        struct known *at; /* per block */
        struct known now;
        uint64_t tested;          /* compared with null before that */
        uint64_t shown;           /* their address is taken */
        uint64_t pinned;          /* neither that, nor ever assigned */
        const struct test *given; /* the condition assumed, or NULL */
        struct range *first;      /* per parameter: where it is dereferenced first */
        VEC(struct test) conditions;
};

static int param_at(const struct func *func, int place)
{
        bool param = place >= 0 && func->places.at[place].kind == PLACE_PARAM;
        int var = param ? func_var(func, place) : -1;
        return var < PARAMS ? var : -1;
}

uint64_t param_bit(const struct func *func, int place)
{
        int param = param_at(func, place);
        return param < 0 ? 0 : (uint64_t)1 << param;
}

/* The parameter that a pointer starts from: p for p + 4, &p->f, &p->f[2]; -1: none. */
static int pointer_of(const struct func *func, int place)
{
        const struct place *p = &func->places.at[place];
        while (p->kind == PLACE_ARITH || p->kind == PLACE_ADDR) {
                if (p->kind == PLACE_ARITH && p->op != ARITH_ADD && p->op != ARITH_SUB)
                        return -1;
                place = p->base;
                bool address = p->kind == PLACE_ADDR;
                p = &func->places.at[place];
                while (address && (p->kind == PLACE_FIELD || p->kind == PLACE_ELEM))
                        p = &func->places.at[p->base];
                if (address && p->kind != PLACE_DEREF)
                        return -1;
                if (address) {
                        place = p->base;
                        p = &func->places.at[place];
                }
        }
        return p->kind == PLACE_PARAM ? param_at(func, place) : -1;
}

static void note_read(struct reading *reading, int param, struct range at)
{
        uint64_t bit = param < 0 ? 0 : (uint64_t)1 << param;
        if (!(bit & reading->now.whole))
                return;
        struct range *first = &reading->first[param];
        if (!first->at.line || at.at.line < first->at.line)
                *first = at;
        reading->now.whole &= ~bit;
}

static void note_change(struct reading *reading, int place)
{
        uint64_t bit = param_bit(reading->func, place) & reading->now.whole;
        reading->now.whole &= ~bit;
        reading->now.lost |= bit;
}

static void note_test(struct reading *reading, int place)
{
        reading->tested |= param_bit(reading->func, place) & reading->now.whole;
}

static bool is_null(const struct func *func, int place)
{
        const struct place *p = &func->places.at[place];
        return p->kind == PLACE_NULL || (p->kind == PLACE_CONST && p->value == 0);
}

/* PLACE is evaluated; ACCESS: memory behind it is, and not only its address taken. */
static void see(struct reading *reading, int place, struct range at, bool access)
{
        if (place < 0)
                return;
        const struct place *p = &reading->func->places.at[place];
        switch (p->kind) {
        case PLACE_DEREF:
                see(reading, p->base, at, access);
                if (access)
                        note_read(reading, pointer_of(reading->func, p->base), at);
                break;
        case PLACE_FIELD:
                see(reading, p->base, at, access);
                break;
        case PLACE_ADDR:
                see(reading, p->base, at, false);
                break;
        case PLACE_ELEM:
        case PLACE_ARITH:
                if (p->kind == PLACE_ARITH && p->op >= ARITH_EQ && is_null(reading->func, p->index))
                        note_test(reading, p->base);
                see(reading, p->base, at, access);
                see(reading, p->index, at, access);
                break;
        default:
                break;
        }
}

/* --- conditions ---------------------------------------------------------------- */

/* The numbers that stand to NUMBER as OP says; false where that is no span. */
static bool numbers(enum arith op, int64_t number, struct span *out)
{
        *out = (struct span){number, number, number != 0};
        switch (op) {
        case ARITH_EQ:
                return true;
        case ARITH_NE:
                return span_rest(*out, out);
        case ARITH_LT:
        case ARITH_LE:
                out->low = INT64_MIN;
                out->high -= op == ARITH_LT && number > INT64_MIN;
                break;
        case ARITH_GT:
        case ARITH_GE:
                out->high = INT64_MAX;
                out->low += op == ARITH_GT && number < INT64_MAX;
                break;
        default:
                return false;
        }
        out->nonzero = out->low > 0 || out->high < 0;
        return true;
}

/* A branch over a parameter that keeps its value: what it is where the branch is taken, and where not. */
static bool asks_param(const struct reading *reading, int place, struct test *yes, struct test *no)
{
        const struct place *p = place >= 0 ? &reading->func->places.at[place] : NULL;
        if (!p)
                return false;
        bool compares = p->kind == PLACE_ARITH && p->op >= ARITH_EQ;
        const struct place *other = compares ? &reading->func->places.at[p->index] : NULL;
        bool number = other && (other->kind == PLACE_CONST || other->kind == PLACE_NULL);
        int param = param_at(reading->func, compares ? p->base : place);
        if (param < 0 || !(reading->pinned >> param & 1) || (compares && !number))
                return false;
        int64_t to = number && other->kind == PLACE_CONST ? other->value : 0;
        *yes = *no = (struct test){.of = {.root = param}};
        return numbers(compares ? p->op : ARITH_NE, to, &yes->span) && span_rest(yes->span, &no->span);
}

static void add_condition(struct reading *reading, const struct test *test)
{
        for (int i = 0; i < reading->conditions.n; i++)
                if (reading->conditions.at[i].of.root == test->of.root &&
                    span_equal(reading->conditions.at[i].span, test->span))
                        return;
        if (!reading->given && reading->conditions.n < CONDITIONS_MOST)
                VEC_PUSH(reading->arena, &reading->conditions, *test);
}

/* PART lies in WHOLE. */
static bool span_in(struct span part, struct span whole)
{
        struct span both = part;
        return span_meet(&both, whole) && span_equal(both, part);
}

/* A callee's condition holds: for the number that it is given, or because of what is assumed here. */
static bool is_met(struct reading *reading, const struct event *event, const struct test *test)
{
        if (test->of.nsteps || test->of.root < 0 || test->of.root >= event->nargs)
                return false;
        int place = event->args[test->of.root];
        const struct place *p = &reading->func->places.at[place];
        if (p->kind == PLACE_CONST || p->kind == PLACE_NULL) {
                int64_t number = p->kind == PLACE_CONST ? p->value : 0;
                return span_in((struct span){number, number, number != 0}, test->span);
        }
        if (p->kind == PLACE_STRING || p->kind == PLACE_ADDR)
                return span_equal(test->span, SPAN_NONZERO);
        int param = param_at(reading->func, place);
        if (param < 0 || !(reading->pinned >> param & 1))
                return false;
        struct test here = {.of = {.root = param}, .span = test->span};
        add_condition(reading, &here);
        return reading->given && reading->given->of.root == param &&
               span_in(reading->given->span, test->span);
}

/* --- the ways through ---------------------------------------------------------- */

static void see_call(struct reading *reading, const struct call *call)
{
        const struct event *event = call->event;
        struct contracts contracts = {0};
        call_contracts(reading->program, call, reading->arena, &contracts);
        const struct contract *contract = contracts.list.at[0];
        for (int i = 0; contracts.list.n == 1 && i < contract->effects.n; i++) {
                const struct effect *effect = &contract->effects.at[i];
                bool plain = effect->kind == EFFECT_READS && effect->at.root >= 0 && !effect->at.nsteps &&
                             effect->at.root < event->nargs && !effect->maybe;
                for (int t = 0; plain && t < effect->nwhen; t++)
                        plain = is_met(reading, event, &effect->when[t]);
                if (plain)
                        note_read(reading, pointer_of(reading->func, event->args[effect->at.root]),
                                  event->at);
        }
        bool assigns = call->model && call->model->assigns_pointer;
        for (int i = 0; assigns && i < event->nargs; i++)
                note_change(reading, event->args[i]);
        if (event->noreturn || (contracts.list.n == 1 && contract->noreturn))
                reading->now.reached = false; /* nobody comes behind it */
}

static void see_block(struct reading *reading, int index)
{
        const struct block *block = &reading->func->blocks.at[index];
        reading->now = reading->at[index];
        for (int e = 0; e < block->events.n; e++) {
                const struct event *event = &block->events.at[e];
                see(reading, event->src, event->at, true);
                for (int i = 0; i < event->nargs; i++)
                        see(reading, event->args[i], event->at, true);
                if (event->target >= 0)
                        see(reading, event->target, event->at, true);
                const struct call *call =
                    event->kind == EVENT_CALL ? function_call(reading->function, index, e) : NULL;
                if (call)
                        see_call(reading, call);
                see(reading, event->dst, event->at, true);
                note_change(reading, event->dst);
        }
        if (block->end == END_IF)
                note_test(reading, block->place);
        if (block->end == END_IF || block->end == END_SWITCH || block->end == END_RETURN)
                see(reading, block->place, (struct range){.at = block->at}, true);
}

static bool reach(struct reading *reading, int block)
{
        struct known before = reading->at[block], *at = &reading->at[block];
        if (!reading->now.reached)
                return false;
        at->reached = true;
        at->whole |= reading->now.whole;
        at->lost |= reading->now.lost;
        return !before.reached || at->whole != before.whole || at->lost != before.lost;
}

/* Hands on what is known behind a block. True when something changed. */
static bool lead_on(struct reading *reading, const struct block *block)
{
        bool changed = false;
        struct test sides[2];
        bool asks = block->end == END_IF && asks_param(reading, block->place, &sides[0], &sides[1]);
        for (int i = 0; i < block->next.n; i++) {
                if (asks)
                        add_condition(reading, &sides[i]);
                bool closed = asks && reading->given && reading->given->of.root == sides[i].of.root &&
                              !span_overlap(reading->given->span, sides[i].span);
                if (!closed)
                        changed |= reach(reading, block->next.at[i]);
        }
        for (int i = 0; i < block->arms.n; i++)
                changed |= reach(reading, block->arms.at[i].next);
        return changed;
}

/* The parameters that are dereferenced on all ways to where the function returns, if it does. */
static uint64_t read_on_all(struct reading *reading, const struct test *given)
{
        const struct func *func = reading->func;
        uint64_t unread = 0;
        bool returns = false, again = true;
        reading->given = given;
        memset(reading->at, 0, (size_t)func->blocks.n * sizeof *reading->at);
        memset(reading->first, 0, PARAMS * sizeof *reading->first);
        reading->at[0] = (struct known){true, ~reading->shown, reading->shown};
        while (again) {
                again = returns = false;
                reading->tested = unread = 0;
                for (int b = 0; b < func->blocks.n; b++) {
                        if (!reading->at[b].reached)
                                continue;
                        see_block(reading, b);
                        again |= lead_on(reading, &func->blocks.at[b]);
                        bool here = func->blocks.at[b].end == END_RETURN && reading->now.reached;
                        returns |= here;
                        unread |= here ? reading->now.whole | reading->now.lost : 0;
                }
        }
        return returns ? ~(unread | reading->tested) : 0;
}

static void add_reads(struct reading *reading, uint64_t read, const struct test *given)
{
        struct program *program = reading->program;
        const struct func *func = reading->func;
        for (int i = 0; i < func->nparams && i < PARAMS; i++) {
                if (!(read >> i & 1) || (given && given->of.root == i))
                        continue;
                struct step *why = NEW(program->arena, struct step);
                why->kind = STEP_OTHER;
                why->at = program_where(reading->function->unit, reading->first[i]);
                why->func = function_name(reading->function);
                why->said = arena_printf(program->arena, "'%s' is dereferenced",
                                         place_text(program->arena, func, func->vars.at[i].place));
                struct effect effect = {.kind = EFFECT_READS, .at = {.root = i}, .why = why};
                effect.value = effect.result = SPAN_ALL;
                if (given) {
                        effect.when = NEW(program->arena, struct test);
                        *effect.when = *given;
                        effect.nwhen = 1;
                }
                contract_add(program, &reading->function->contract, effect);
        }
}

uint64_t params_pinned(const struct func *func, uint64_t *shown)
{
        *shown = 0;
        for (int i = 0; i < func->places.n; i++)
                if (func->places.at[i].kind == PLACE_ADDR)
                        *shown |= param_bit(func, func->places.at[i].base);
        uint64_t pinned = ~*shown;
        for (int b = 0; b < func->blocks.n; b++)
                for (int e = 0; e < func->blocks.at[b].events.n; e++)
                        pinned &= ~param_bit(func, func->blocks.at[b].events.at[e].dst);
        return pinned;
}

static bool has_pointer(const struct func *func)
{
        for (int i = 0; i < func->nparams; i++)
                if (strchr(func->vars.at[i].type, '*'))
                        return true;
        return false;
}

void infer_reads(struct program *program, struct function *function)
{
        const struct func *func = function->func;
        bool asked = function->callers.n || function->address_taken;
        if (!asked || func->lost || func->uses_setjmp || !has_pointer(func))
                return;
        struct arena *arena = arena_new();
        struct reading reading = {.program = program, .function = function, .func = func, .arena = arena};
        reading.at = NEW_ARRAY(arena, struct known, func->blocks.n);
        reading.first = NEW_ARRAY(arena, struct range, PARAMS);
        reading.pinned = params_pinned(func, &reading.shown);
        uint64_t always = read_on_all(&reading, NULL);
        add_reads(&reading, always, NULL);
        for (int i = 0; i < reading.conditions.n; i++) {
                struct test given = reading.conditions.at[i];
                add_reads(&reading, read_on_all(&reading, &given) & ~always, &given);
        }
        arena_drop(arena);
}
