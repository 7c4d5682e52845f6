/*
 * evaluate.c: what places and spots of a walk mean: from an expression
 * to an address or a value, from a contract's spot to the value of a call's
 * argument, and back. Changes no lock and no block.
 */
#include "flow/walk.h"

#include <string.h>

int walk_variable(struct walk *walk, int place)
{
        const struct place *p = &walk->func->places.at[place];
        if (p->kind == PLACE_GLOBAL)
                return value_of(
                    &walk->values,
                    (struct value){.kind = VALUE_GLOBAL,
                                   .name = program_global(walk->program, walk->function->unit, p->name)});
        return value_of(&walk->values, (struct value){.kind = VALUE_VAR, .a = place});
}

int walk_param(struct walk *walk, int i)
{
        return value_content(&walk->values, walk_variable(walk, walk->func->vars.at[i].place), 0);
}

struct where walk_where(const struct walk *walk, struct range at)
{
        return program_where(walk->function->unit, at);
}

const char *walk_condition(const struct walk *walk, int place, bool truth)
{
        struct arena *arena = walk->arena;
        const char *text =
            place_source(arena, walk->func, place, walk->live->made, &walk->program->models->spelled);
        return arena_printf(arena, truth ? "'%s'" : "not '%s'", text);
}

const char *walk_reason(const struct walk *walk, int block)
{
        int from = walk->live->order->only[block];
        if (from < 0 || walk->func->blocks.at[from].end != END_IF)
                return "";
        const struct block *branch = &walk->func->blocks.at[from];
        if (branch->next.at[0] == branch->next.at[1])
                return "";
        return arena_printf(walk->arena, " because %s",
                            walk_condition(walk, branch->place, branch->next.at[0] == block));
}

void walk_access(struct walk *walk, const struct visit *visit, int pointer)
{
        if (walk->observer && walk->observer->deref)
                walk->observer->deref(walk->observer->data, visit, pointer);
        int base = value_base(&walk->values, pointer);
        if (!state_assume(visit->state, &walk->values, pointer, SPAN_NONZERO) ||
            !state_assume(visit->state, &walk->values, base, SPAN_NONZERO))
                visit->state->crashed = true;
}

int walk_address(struct walk *walk, struct visit *visit, int place)
{
        struct place p = walk->func->places.at[place];
        struct values *values = &walk->values;
        switch (p.kind) {
        case PLACE_FIELD:
                return value_field(values, walk_address(walk, visit, p.base), p.name);
        case PLACE_ELEM: {
                int base = walk_address(walk, visit, p.base);
                return value_arith(values, ARITH_ADD, base, walk_value(walk, visit, p.index));
        }
        case PLACE_DEREF: {
                int pointer = walk_value(walk, visit, p.base);
                if (!walk->no_access)
                        walk_access(walk, visit, pointer);
                return pointer;
        }
        default:
                return walk_variable(walk, place);
        }
}

/* Whoever writes x != x asks whether x is a number at all: either may be, each time. */
static int compared_with_itself(struct visit *visit, struct values *values, int place)
{
        int value = value_of(values, (struct value){.kind = VALUE_OUT, .a = visit->number, .b = -1 - place});
        state_renew(visit->state, values, value);
        return value;
}

/* Bits of a type without a sign that an int64_t has room for; 0: another type. */
static int unsigned_bits(sym type)
{
        static const struct {
                const char *type;
                int bits;
        } known[] = {{"unsigned char", 8}, {"uint8_t", 8},   {"unsigned short", 16}, {"uint16_t", 16},
                     {"unsigned int", 32}, {"unsigned", 32}, {"uint32_t", 32}};
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
                if (!strcmp(type, known[i].type))
                        return known[i].bits;
        return 0;
}

bool number_held(sym type, int64_t *number)
{
        while (!strncmp(type, "const ", 6) || !strncmp(type, "volatile ", 9))
                type = strchr(type, ' ') + 1;
        bool no_sign = !strncmp(type, "unsigned", 8) || !strncmp(type, "uint", 4) ||
                       !strcmp(type, "size_t") || strchr(type, '*');
        int bits = unsigned_bits(type);
        if (!strcmp(type, "bool") || !strcmp(type, "_Bool"))
                *number = *number != 0;
        else if (bits)
                *number &= ((int64_t)1 << bits) - 1;
        return *number >= 0 || !no_sign;
}

/* A variable of a type without a sign, as far as its spelling tells. */
static bool is_unsigned(const struct func *func, int place)
{
        sym type = func_type(func, place);
        return type && !strpbrk(type, "*[(") &&
               (!strcmp(type, "size_t") || !strncmp(type, "uint", 4) || !strncmp(type, "unsigned", 8));
}

/* 'n > 0' is asked of VALUE, which is not 0: without a sign it is above. */
static void above_zero(const struct visit *visit, int place, int value)
{
        struct values *values = &visit->walk->values;
        struct span span = state_span(visit->state, values, value);
        if (span_not_zero(span) && span.low < 0 && is_unsigned(visit->walk->func, place))
                state_assume(visit->state, values, value, SPAN_POSITIVE);
}

int walk_value(struct walk *walk, struct visit *visit, int place)
{
        struct place p = walk->func->places.at[place];
        struct values *values = &walk->values;
        switch (p.kind) {
        case PLACE_UNKNOWN:
                return value_of(values,
                                (struct value){.kind = VALUE_OUT, .a = visit->number, .b = -1 - place});
        case PLACE_CONST:
                return value_const(values, p.value);
        case PLACE_SIZEOF:
                return p.value >= 0 ? value_const(values, p.value)
                                    : value_of(values, (struct value){.kind = VALUE_STRING, .name = p.name});
        case PLACE_NULL:
                return value_const(values, 0);
        case PLACE_STRING:
                return value_of(values, (struct value){.kind = VALUE_STRING, .name = p.name});
        case PLACE_FUNC:
                return value_of(values, (struct value){.kind = VALUE_FUNC, .name = p.name});
        case PLACE_ADDR: {
                /* Taking an address dereferences nothing: &p->f of a null p is no access. */
                bool keep = walk->no_access;
                walk->no_access = true;
                int address = walk_address(walk, visit, p.base);
                walk->no_access = keep;
                return address;
        }
        case PLACE_ARITH: {
                if (p.base == p.index && (p.op == ARITH_EQ || p.op == ARITH_NE))
                        return compared_with_itself(visit, values, place);
                int left = walk_value(walk, visit, p.base), right = walk_value(walk, visit, p.index);
                if ((p.op == ARITH_GT || p.op == ARITH_LE) && right == value_const(values, 0))
                        above_zero(visit, p.base, left);
                return value_arith(values, p.op, left, right);
        }
        default:
                return state_read(visit->state, values, walk_address(walk, visit, place));
        }
}

int spot_address(const struct visit *visit, const struct spot *spot)
{
        struct walk *walk = visit->walk;
        struct values *values = &walk->values;
        int at = -1; /* an address whose content is meant */
        int value = -1;
        if (spot->root == SPOT_GLOBAL)
                at = value_of(values, (struct value){.kind = VALUE_GLOBAL, .name = spot->global});
        else if (spot->root == SPOT_RESULT)
                value = visit->result;
        else if (spot->root >= 0 && spot->root < visit->event->nargs)
                value = visit->args[spot->root];
        else
                return -1;
        for (int i = 0; i < spot->nsteps; i++) {
                bool follow = spot->steps[i][0] == '*' && !spot->steps[i][1];
                if (follow) {
                        at = at >= 0 ? state_read(visit->state, values, at) : value;
                        value = -1;
                } else {
                        at = value_field(values, at >= 0 ? at : value, spot->steps[i]);
                }
                if (at < 0)
                        return -1;
        }
        return at;
}

int spot_value(const struct visit *visit, const struct spot *spot)
{
        if (spot->nsteps == 0 && spot->root != SPOT_GLOBAL) {
                if (spot->root == SPOT_RESULT)
                        return visit->result;
                return spot->root >= 0 && spot->root < visit->event->nargs ? visit->args[spot->root] : -1;
        }
        int address = spot_address(visit, spot);
        return address < 0 ? -1 : state_read(visit->state, &visit->walk->values, address);
}

static bool spot_push(struct spot *spot, sym step)
{
        if (spot->nsteps == SPOT_STEPS)
                return false;
        spot->steps[spot->nsteps++] = step;
        return true;
}

bool spot_of_address(const struct walk *walk, int address, struct spot *spot)
{
        const struct value *v = &walk->values.list.at[address];
        if (v->kind == VALUE_RESULT && v->a == 0) { /* the record that this function returns */
                *spot = (struct spot){.root = SPOT_RESULT};
                return true;
        }
        if (v->kind == VALUE_FIELD)
                return spot_of_address(walk, v->a, spot) && spot_push(spot, v->name);
        if (v->kind == VALUE_GLOBAL) {
                *spot = (struct spot){.root = SPOT_GLOBAL, .global = v->name};
                return true;
        }
        return spot_of(walk, address, spot) && spot_push(spot, name_of(walk->program->names, "*"));
}

bool spot_of(const struct walk *walk, int value, struct spot *spot)
{
        const struct value *v = &walk->values.list.at[value];
        if (v->kind != VALUE_CONTENT)
                return false;
        const struct value *a = &walk->values.list.at[v->a];
        if (a->kind != VALUE_VAR)
                return spot_of_address(walk, v->a, spot);
        for (int i = 0; i < walk->func->nparams; i++)
                if (walk->func->vars.at[i].place == a->a) {
                        *spot = (struct spot){.root = i};
                        return true;
                }
        return false;
}

/* A type of numbers, as far as its spelling tells. */
static bool is_arithmetic(const char *type)
{
        static const char *const words[] = {"const",  "volatile", "char",    "short",   "int",
                                            "long",   "float",    "double",  "signed",  "unsigned",
                                            "_Bool",  "bool",     "size_t",  "ssize_t", "off_t",
                                            "int8_t", "int16_t",  "int32_t", "int64_t"};
        while (*type && *type != '(') {
                bool known = false;
                size_t n = strcspn(type, " (");
                const char *word = *type == 'u' && strncmp(type, "uint", 4) == 0 ? type + 1 : type;
                size_t length = n - (size_t)(word - type);
                for (size_t i = 0; i < sizeof words / sizeof *words && !known; i++)
                        known = strlen(words[i]) == length && !strncmp(words[i], word, length);
                if (!known)
                        return false;
                type += n;
                type += strspn(type, " ");
        }
        return true;
}

static sym result_type(const struct walk *walk, int number)
{
        int block = walk_block_of(walk, number);
        const struct call *call = function_call(walk->function, block, number - walk->base[block]);
        if (call && call->to.n)
                return call->to.at[0]->func->result;
        sym name = !call ? NULL : call->event->via ? call->event->via : call->event->callee;
        const struct decl *decl = name ? map_get(&walk->program->decls, MAP_KEY(name)) : NULL;
        return decl ? decl->type : NULL;
}

/* No pointer: what a call that counts returns, the first value of a variable of numbers. */
static bool is_number(const struct walk *walk, const struct value *v)
{
        sym type = NULL;
        if (v->kind == VALUE_RESULT && v->a)
                type = result_type(walk, v->a);
        else if (v->kind == VALUE_CONTENT || (v->kind == VALUE_OUT && v->b >= 0)) {
                const struct value *var = &walk->values.list.at[v->kind == VALUE_CONTENT ? v->a : v->b];
                type = var->kind == VALUE_VAR ? func_type(walk->func, var->a) : NULL;
        }
        return type && is_arithmetic(type);
}

/* Of one of the values that meet. */
static families families_here(const struct walk *walk, int value, const struct step **why)
{
        const struct value *v = &walk->values.list.at[value];
        const struct origin *origin = map_get(&walk->origins, (uint64_t)value + 1);
        if (origin) {
                if (why && !*why)
                        *why = origin->why;
                if (families_unowned(walk->program->models, origin->family))
                        return 0; /* no block; where it stays, it is a lodger */
                return origin->family ? origin->family : FAMILY_UNKNOWN;
        }
        if (v->kind == VALUE_PHI || v->kind == VALUE_OLD)
                return 0; /* what it may be stands beside it */
        return (v->kind == VALUE_CONST && v->number == 0) || is_number(walk, v) ? 0 : FAMILY_UNKNOWN;
}

families families_of_value(const struct walk *walk, const struct state *state, int value,
                           const struct step **why)
{
        if (!map_get(&walk->origins, (uint64_t)value + 1) && state &&
            span_is_zero(state_span(state, &walk->values, value)))
                return 0;
        struct meeting meeting = {0};
        families set = 0;
        value_meeting(&walk->values, walk->arena, value, &meeting);
        for (int i = 0; i < meeting.values.n; i++)
                set |= families_here(walk, meeting.values.at[i], why);
        return set;
}
