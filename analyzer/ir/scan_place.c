/*
 * scan_place.c: places as text back to places. In: a line of a unit file. Out:
 * a place of the function. Nesting is capped, so that no input exhausts the
 * stack.
 */
#include "base/arena.h"
#include "base/map.h"
#include "ir/place_text.h"
#include "ir/scan.h"
#include "ir/spell.h"

#include <string.h>

enum { NESTING = 128 };

struct reader {
        struct scan *scan;
        struct unit *unit;
        struct func *func;
        const struct map *vars;
        int depth;
};

static int read_place(struct reader *r);

static bool ahead(const struct reader *r, char c)
{
        return r->scan->at < r->scan->end && *r->scan->at == c;
}

static int fail(struct reader *r, const char *message)
{
        scan_fail(r->scan, message);
        return -1;
}

/* The text of a string literal stays escaped as it is. */
static int read_string(struct reader *r)
{
        const char *from = ++r->scan->at;
        for (; r->scan->at < r->scan->end && *r->scan->at != '"'; r->scan->at++) {
                if ((unsigned char)*r->scan->at < ' ' || *r->scan->at == 0x7f)
                        return fail(r, "bad character in quotes");
                if (*r->scan->at == '\\' && ++r->scan->at == r->scan->end)
                        break;
        }
        if (r->scan->at >= r->scan->end)
                return fail(r, "the string does not end");
        sym text = name_of_bytes(r->scan->names, from, (size_t)(r->scan->at++ - from));
        return place_named(r->unit, r->func, PLACE_STRING, text);
}

static int read_sizeof(struct reader *r)
{
        sym type = scan_spelled(r->scan, spell_type);
        scan_expect(r->scan, ")=");
        struct place place = {.kind = PLACE_SIZEOF, .name = type};
        place.value = scan_number(r->scan, -1, INT64_MAX);
        return place_of(r->unit, r->func, place);
}

static int read_variable(struct reader *r)
{
        sym name = scan_spelled(r->scan, spell_name);
        if (r->scan->error)
                return -1;
        if (strcmp(name, "null") == 0)
                return place_of(r->unit, r->func, (struct place){.kind = PLACE_NULL});
        intptr_t place = (intptr_t)map_get(r->vars, MAP_KEY(name));
        if (place)
                return (int)place - 1;
        return fail(r, arena_printf(r->scan->arena, "no such variable '%s'", name));
}

static bool read_operator(struct reader *r, enum arith *op)
{
        /* from the back: "<<" and "<=" before "<" */
        static const enum arith order[] = {ARITH_SHL, ARITH_SHR, ARITH_LE,  ARITH_GE,  ARITH_EQ,  ARITH_NE,
                                           ARITH_LT,  ARITH_GT,  ARITH_ADD, ARITH_SUB, ARITH_MUL, ARITH_DIV,
                                           ARITH_MOD, ARITH_AND, ARITH_OR,  ARITH_XOR};
        for (size_t i = 0; i < sizeof order / sizeof *order; i++)
                if (scan_accept(r->scan, arith_text(order[i])))
                        return *op = order[i], true;
        return false;
}

/* "(base op index)", or a place in parentheses because a postfix follows. */
static int read_group(struct reader *r)
{
        enum arith op;
        r->scan->at++;
        int left = read_place(r);
        if (left < 0 || scan_accept(r->scan, ")"))
                return left;
        scan_expect(r->scan, " ");
        if (r->scan->error || !read_operator(r, &op))
                return fail(r, "operator expected");
        scan_expect(r->scan, " ");
        int right = read_place(r);
        scan_expect(r->scan, ")");
        return r->scan->error ? -1 : place_arith(r->unit, r->func, op, left, right);
}

static int read_leaf(struct reader *r)
{
        if (ahead(r, '('))
                return read_group(r);
        if (ahead(r, '"'))
                return read_string(r);
        if (scan_accept(r->scan, "?"))
                return place_of(r->unit, r->func, (struct place){.kind = PLACE_UNKNOWN});
        if (scan_accept(r->scan, "@"))
                return place_named(r->unit, r->func, PLACE_FUNC, scan_spelled(r->scan, spell_name));
        if (scan_accept(r->scan, "$"))
                return place_named(r->unit, r->func, PLACE_GLOBAL, scan_spelled(r->scan, spell_name));
        if (scan_accept(r->scan, "%"))
                return place_temp(r->unit, r->func, (int)scan_number(r->scan, 0, INT32_MAX));
        if (scan_accept(r->scan, "sizeof("))
                return read_sizeof(r);
        if (ahead(r, '-') || (r->scan->at < r->scan->end && *r->scan->at >= '0' && *r->scan->at <= '9'))
                return place_const(r->unit, r->func, scan_number(r->scan, INT64_MIN, INT64_MAX));
        return read_variable(r);
}

static int read_field(struct reader *r, int base)
{
        sym key = scan_spelled(r->scan, spell_key);
        scan_expect(r->scan, "]");
        return place_field(r->unit, r->func, base, key);
}

static int read_postfix(struct reader *r)
{
        int place = read_leaf(r);
        while (!r->scan->error) {
                if (scan_accept(r->scan, "->[")) {
                        place = read_field(r, place_deref(r->unit, r->func, place));
                } else if (scan_accept(r->scan, ".[")) {
                        place = read_field(r, place);
                } else if (scan_accept(r->scan, "[")) {
                        int index = read_place(r);
                        scan_expect(r->scan, "]");
                        if (!r->scan->error)
                                place = place_elem(r->unit, r->func, place, index);
                } else {
                        return place;
                }
        }
        return -1;
}

static int read_place(struct reader *r)
{
        if (r->scan->error)
                return -1;
        if (++r->depth > NESTING)
                return fail(r, "the place is nested too deeply");
        int place;
        bool deref = scan_accept(r->scan, "*");
        if (deref || scan_accept(r->scan, "&")) {
                place = read_place(r);
                if (!r->scan->error)
                        place = deref ? place_deref(r->unit, r->func, place)
                                      : place_addr(r->unit, r->func, place);
        } else {
                place = read_postfix(r);
        }
        r->depth--;
        return r->scan->error ? -1 : place;
}

int scan_place(struct scan *scan, struct unit *unit, struct func *func, const struct map *vars)
{
        struct reader r = {.scan = scan, .unit = unit, .func = func, .vars = vars};
        return read_place(&r);
}
