/*
 * place_text.c: places as text. In: a place of a function. Out: its spelling
 * in the unit file (place_print), or as a C programmer writes it
 * (place_source). Does not make places. Recursion is bounded by place.c.
 */
#include "ir/place_text.h"

#include "base/arena.h"
#include "base/map.h"
#include "ir/spell.h"

#include <string.h>

static const char *const operators[] = {
    [ARITH_ADD] = "+",  [ARITH_SUB] = "-",  [ARITH_MUL] = "*", [ARITH_DIV] = "/",
    [ARITH_MOD] = "%",  [ARITH_AND] = "&",  [ARITH_OR] = "|",  [ARITH_XOR] = "^",
    [ARITH_SHL] = "<<", [ARITH_SHR] = ">>", [ARITH_EQ] = "==", [ARITH_NE] = "!=",
    [ARITH_LT] = "<",   [ARITH_LE] = "<=",  [ARITH_GT] = ">",  [ARITH_GE] = ">=",
};

const char *arith_text(enum arith op)
{
        return operators[op];
}

static const struct place *at(const struct func *func, int place)
{
        return &func->places.at[place];
}

/* The left side of a postfix: prefix forms need parentheses there. */
static void print_inner(struct out *out, const struct func *func, int place)
{
        enum place_kind kind = at(func, place)->kind;
        bool prefix = kind == PLACE_DEREF || kind == PLACE_ADDR;
        if (prefix)
                out_char(out, '(');
        place_print(out, func, place);
        if (prefix)
                out_char(out, ')');
}

static void print_field(struct out *out, const struct func *func, const struct place *place)
{
        if (at(func, place->base)->kind == PLACE_DEREF) {
                print_inner(out, func, at(func, place->base)->base);
                out_text(out, "->[");
        } else {
                print_inner(out, func, place->base);
                out_text(out, ".[");
        }
        out_spelled(out, place->name, spell_key);
        out_char(out, ']');
}

static void print_sizeof(struct out *out, const struct place *place)
{
        out_text(out, "sizeof(");
        out_spelled(out, place->name, spell_type);
        out_text(out, ")=");
        out_long(out, place->value);
}

static void print_leaf(struct out *out, const struct place *place)
{
        switch (place->kind) {
        case PLACE_CONST:
                out_long(out, place->value);
                break;
        case PLACE_NULL:
                out_text(out, "null");
                break;
        case PLACE_STRING:
                out_char(out, '"');
                out_text(out, place->name);
                out_char(out, '"');
                break;
        case PLACE_FUNC:
        case PLACE_GLOBAL:
                out_char(out, place->kind == PLACE_FUNC ? '@' : '$');
                /* fall through */
        case PLACE_LOCAL:
        case PLACE_PARAM:
                out_spelled(out, place->name, spell_name);
                break;
        case PLACE_TEMP:
                out_char(out, '%');
                out_long(out, place->value);
                break;
        case PLACE_SIZEOF:
                print_sizeof(out, place);
                break;
        default:
                out_char(out, '?');
        }
}

void place_print(struct out *out, const struct func *func, int index)
{
        const struct place *place = at(func, index);
        switch (place->kind) {
        case PLACE_FIELD:
                print_field(out, func, place);
                break;
        case PLACE_DEREF:
        case PLACE_ADDR:
                out_char(out, place->kind == PLACE_DEREF ? '*' : '&');
                place_print(out, func, place->base);
                break;
        case PLACE_ELEM:
                print_inner(out, func, place->base);
                out_char(out, '[');
                place_print(out, func, place->index);
                out_char(out, ']');
                break;
        case PLACE_ARITH:
                out_char(out, '(');
                place_print(out, func, place->base);
                out_format(out, " %s ", operators[place->op]);
                place_print(out, func, place->index);
                out_char(out, ')');
                break;
        default:
                print_leaf(out, place);
        }
}

const char *place_text(struct arena *arena, const struct func *func, int place)
{
        struct out out = {.arena = arena};
        if (place >= 0)
                place_print(&out, func, place);
        return out_string(&out);
}

/* --- as in C ---------------------------------------------------------------- */

struct reading {
        const struct func *func;
        const struct event *const *made; /* per place, may be NULL */
        const struct map *spelled;       /* what stands for the address of a global; may be NULL */
};

static void source(struct out *out, const struct reading *in, int index, bool nested);

/* "name" of name'2, "count" of function.count. */
static void source_name(struct out *out, const struct place *place)
{
        const char *dot = place->kind == PLACE_GLOBAL ? strrchr(place->name, '.') : NULL;
        const char *name = dot ? dot + 1 : place->name;
        out_bytes(out, name, strcspn(name, "'"));
}

/* A member of a union has no name of its own: the union stands for it. */
static void source_field(struct out *out, const struct reading *in, const struct place *place)
{
        const char *dot = strrchr(place->name, '.'), *member = dot ? dot + 1 : place->name;
        bool arrow = at(in->func, place->base)->kind == PLACE_DEREF;
        source(out, in, arrow ? at(in->func, place->base)->base : place->base, true);
        if (strcmp(member, "*") == 0)
                return;
        out_text(out, arrow ? "->" : ".");
        out_text(out, member);
}

/* What an unnamed value came from, when that is one call. */
static void source_temp(struct out *out, const struct reading *in, int index)
{
        const struct event *call = in->made ? in->made[index] : NULL;
        const char *name = !call ? NULL : call->spelled ? call->spelled : call->callee;
        if (name)
                out_format(out, call->nargs ? "%s(...)" : "%s()", name);
        else
                out_text(out, "the result");
}

static void source_leaf(struct out *out, const struct place *place)
{
        switch (place->kind) {
        case PLACE_NULL:
                out_text(out, "NULL");
                break;
        case PLACE_FUNC:
        case PLACE_GLOBAL:
        case PLACE_LOCAL:
        case PLACE_PARAM:
                source_name(out, place);
                break;
        case PLACE_SIZEOF:
                out_format(out, "sizeof(%s)", place->name);
                break;
        case PLACE_UNKNOWN:
                out_text(out, "a value");
                break;
        default:
                print_leaf(out, place);
        }
}

static void source_arith(struct out *out, const struct reading *in, const struct place *place, bool nested)
{
        if (nested)
                out_char(out, '(');
        source(out, in, place->base, true);
        out_format(out, " %s ", operators[place->op]);
        source(out, in, place->index, true);
        if (nested)
                out_char(out, ')');
}

/* *(p + i) is written p[i]. */
static void source_deref(struct out *out, const struct reading *in, int base)
{
        const struct place *pointer = at(in->func, base);
        if (pointer->kind == PLACE_ARITH && pointer->op == ARITH_ADD) {
                source(out, in, pointer->base, true);
                out_char(out, '[');
                source(out, in, pointer->index, false);
                out_char(out, ']');
                return;
        }
        out_char(out, '*');
        source(out, in, base, true);
}

/* &a[0] is how an array decays: written a. */
static void source_addr(struct out *out, const struct reading *in, int base)
{
        const struct place *element = at(in->func, base);
        if (element->kind == PLACE_ELEM && at(in->func, element->index)->kind == PLACE_CONST &&
            at(in->func, element->index)->value == 0) {
                source(out, in, element->base, true);
                return;
        }
        sym name = in->spelled && element->kind == PLACE_GLOBAL ? map_get(in->spelled, MAP_KEY(element->name))
                                                                : NULL;
        if (name) {
                out_text(out, name);
                return;
        }
        out_char(out, '&');
        source(out, in, base, true);
}

static void source(struct out *out, const struct reading *in, int index, bool nested)
{
        const struct place *place = at(in->func, index);
        switch (place->kind) {
        case PLACE_FIELD:
                source_field(out, in, place);
                break;
        case PLACE_DEREF:
                source_deref(out, in, place->base);
                break;
        case PLACE_ADDR:
                source_addr(out, in, place->base);
                break;
        case PLACE_ELEM:
                source(out, in, place->base, true);
                out_char(out, '[');
                source(out, in, place->index, false);
                out_char(out, ']');
                break;
        case PLACE_ARITH:
                source_arith(out, in, place, nested);
                break;
        case PLACE_TEMP:
                source_temp(out, in, index);
                break;
        default:
                source_leaf(out, place);
        }
}

const char *place_source(struct arena *arena, const struct func *func, int place,
                         const struct event *const *made, const struct map *spelled)
{
        struct out out = {.arena = arena};
        struct reading in = {func, made, spelled};
        if (place >= 0)
                source(&out, &in, place, false);
        return out_string(&out);
}
