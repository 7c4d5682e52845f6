/*
 * place.c: interning of places. In: a place whose base and index are places of
 * the same function. Out: its index; structurally equal places get equal
 * indexes. Simplifies as ir.h says; does not know types.
 */
#include "base/arena.h"
#include "base/hash.h"
#include "ir/ir.h"

/* Deeper places become unknown, so that whoever walks one may recurse. */
enum { PLACE_DEPTH = 100 };

struct place_index {
        int *slots; /* index into places plus one, 0 is free */
        int nslots;
        VEC(int) depths; /* one per place */
};

static uint64_t place_hash(const struct place *place)
{
        uint64_t kind = (uint64_t)place->kind << 8 | place->op;
        uint64_t parts = (uint64_t)(uint32_t)place->base << 32 | (uint32_t)place->index;
        uint64_t name = (uint64_t)(uintptr_t)place->name;
        return hash_pair(hash_pair(kind, parts), hash_pair(name, (uint64_t)place->value));
}

static bool place_same(const struct place *a, const struct place *b)
{
        return a->kind == b->kind && a->op == b->op && a->base == b->base && a->index == b->index &&
               a->name == b->name && a->value == b->value;
}

/* The slot where PLACE is, or where it belongs. */
static int *slot_of(const struct func *func, const struct place *place)
{
        const struct place_index *index = func->index;
        uint64_t mask = (uint64_t)index->nslots - 1, at = place_hash(place) & mask;
        while (index->slots[at] && !place_same(&func->places.at[index->slots[at] - 1], place))
                at = (at + 1) & mask;
        return &index->slots[at];
}

static void index_grow(struct unit *unit, struct func *func)
{
        struct place_index *index = func->index;
        index->nslots = index->nslots ? 2 * index->nslots : 64;
        index->slots = NEW_ARRAY(unit->arena, int, index->nslots);
        for (int i = 0; i < func->places.n; i++)
                *slot_of(func, &func->places.at[i]) = i + 1;
}

static int depth_of(const struct func *func, int place)
{
        return place < 0 ? 0 : func->index->depths.at[place];
}

static int intern(struct unit *unit, struct func *func, struct place place)
{
        if (!func->index)
                func->index = NEW(unit->arena, struct place_index);
        struct place_index *index = func->index;
        if (4 * (func->places.n + 1) > 3 * index->nslots)
                index_grow(unit, func);
        int base = depth_of(func, place.base), other = depth_of(func, place.index);
        int depth = 1 + (base > other ? base : other);
        if (depth > PLACE_DEPTH)
                return intern(unit, func, (struct place){.kind = PLACE_UNKNOWN, .base = -1, .index = -1});
        int *slot = slot_of(func, &place);
        if (*slot)
                return *slot - 1;
        VEC_PUSH(unit->arena, &func->places, place);
        VEC_PUSH(unit->arena, &index->depths, depth);
        return (*slot = func->places.n) - 1;
}

/* Only the members that a kind uses, so that equal places compare equal. */
static struct place place_plain(struct place place)
{
        struct place plain = {.kind = place.kind, .base = -1, .index = -1};
        switch (place.kind) {
        case PLACE_SIZEOF:
                plain.value = place.value;
                plain.name = place.name;
                break;
        case PLACE_CONST:
        case PLACE_TEMP:
                plain.value = place.value;
                break;
        case PLACE_FIELD:
                plain.base = place.base;
                plain.name = place.name;
                break;
        case PLACE_DEREF:
        case PLACE_ADDR:
                plain.base = place.base;
                break;
        case PLACE_ARITH:
                plain.op = place.op;
                plain.base = place.base;
                plain.index = place.index;
                break;
        case PLACE_ELEM:
                plain.base = place.base;
                plain.index = place.index;
                break;
        case PLACE_UNKNOWN:
        case PLACE_NULL:
                break;
        default:
                plain.name = place.name;
        }
        return plain;
}

static bool is_comparison(enum arith op)
{
        return op >= ARITH_EQ;
}

static enum arith arith_negated(enum arith op)
{
        static const enum arith to[] = {[ARITH_EQ] = ARITH_NE, [ARITH_NE] = ARITH_EQ, [ARITH_LT] = ARITH_GE,
                                        [ARITH_LE] = ARITH_GT, [ARITH_GT] = ARITH_LE, [ARITH_GE] = ARITH_LT};
        return to[op];
}

static enum arith arith_turned(enum arith op)
{
        static const enum arith to[] = {[ARITH_EQ] = ARITH_EQ, [ARITH_NE] = ARITH_NE, [ARITH_LT] = ARITH_GT,
                                        [ARITH_LE] = ARITH_GE, [ARITH_GT] = ARITH_LT, [ARITH_GE] = ARITH_LE};
        return to[op];
}

/* The quotient or remainder, if there is one. */
static bool fold_division(enum arith op, int64_t a, int64_t b, int64_t *out)
{
        if (b == 0 || (a == INT64_MIN && b == -1))
                return false;
        *out = op == ARITH_DIV ? a / b : a % b;
        return true;
}

/* Arithmetic on constants wraps at 64 bits; what C leaves undefined is not folded. */
static bool fold(enum arith op, int64_t a, int64_t b, int64_t *out)
{
        uint64_t x = (uint64_t)a, y = (uint64_t)b;
        switch (op) {
        case ARITH_ADD:
                return *out = (int64_t)(x + y), true;
        case ARITH_SUB:
                return *out = (int64_t)(x - y), true;
        case ARITH_MUL:
                return *out = (int64_t)(x * y), true;
        case ARITH_AND:
                return *out = a & b, true;
        case ARITH_OR:
                return *out = a | b, true;
        case ARITH_XOR:
                return *out = a ^ b, true;
        case ARITH_SHL:
                return *out = y < 64 ? (int64_t)(x << y) : 0, y < 64;
        case ARITH_SHR:
                return *out = y < 64 ? a >> y : 0, y < 64;
        case ARITH_EQ:
                return *out = a == b, true;
        case ARITH_NE:
                return *out = a != b, true;
        case ARITH_LT:
                return *out = a < b, true;
        case ARITH_LE:
                return *out = a <= b, true;
        case ARITH_GT:
                return *out = a > b, true;
        case ARITH_GE:
                return *out = a >= b, true;
        case ARITH_DIV:
        case ARITH_MOD:
                return fold_division(op, a, b, out);
        }
        return false;
}

static bool is_constant(const struct place *place)
{
        return place->kind == PLACE_CONST || place->kind == PLACE_NULL;
}

static bool is_zero(const struct place *place)
{
        return is_constant(place) && place->value == 0;
}

/* &a[i] + j is &a[i + j]: the form in which subscripts of arrays arrive. -1 when it is not that. */
static int simplify_element(struct unit *unit, struct func *func, const struct place *sum)
{
        const struct place *left = &func->places.at[sum->base];
        if (left->kind != PLACE_ADDR || (sum->op != ARITH_ADD && sum->op != ARITH_SUB))
                return -1;
        const struct place element = func->places.at[left->base];
        if (element.kind != PLACE_ELEM)
                return -1;
        int at = place_arith(unit, func, sum->op, element.index, sum->index);
        return place_addr(unit, func, place_elem(unit, func, element.base, at));
}

static int simplify_arith(struct unit *unit, struct func *func, struct place place)
{
        const struct place left = func->places.at[place.base], right = func->places.at[place.index];
        int64_t value;
        if (is_constant(&left) && is_constant(&right) && fold(place.op, left.value, right.value, &value))
                return place_const(unit, func, value);
        if (is_comparison(place.op)) {
                if (is_constant(&left) && !is_constant(&right))
                        return place_arith(unit, func, arith_turned(place.op), place.index, place.base);
                bool equality = place.op == ARITH_EQ || place.op == ARITH_NE;
                if (equality && is_zero(&right) && left.kind == PLACE_ARITH && is_comparison(left.op)) {
                        enum arith op = place.op == ARITH_EQ ? arith_negated(left.op) : left.op;
                        return place_arith(unit, func, op, left.base, left.index);
                }
                return intern(unit, func, place);
        }
        bool sum = place.op == ARITH_ADD || place.op == ARITH_SUB;
        if (sum && is_zero(&right))
                return place.base;
        if (place.op == ARITH_ADD && is_zero(&left))
                return place.index;
        int element = simplify_element(unit, func, &place);
        return element >= 0 ? element : intern(unit, func, place);
}

int place_of(struct unit *unit, struct func *func, struct place place)
{
        place = place_plain(place);
        if (place.kind == PLACE_DEREF && func->places.at[place.base].kind == PLACE_ADDR)
                return func->places.at[place.base].base;
        if (place.kind == PLACE_ADDR && func->places.at[place.base].kind == PLACE_DEREF)
                return func->places.at[place.base].base;
        if (place.kind == PLACE_ARITH)
                return simplify_arith(unit, func, place);
        return intern(unit, func, place);
}

int place_const(struct unit *unit, struct func *func, int64_t value)
{
        return place_of(unit, func, (struct place){.kind = PLACE_CONST, .value = value});
}

int place_named(struct unit *unit, struct func *func, enum place_kind kind, sym name)
{
        return place_of(unit, func, (struct place){.kind = kind, .name = name, .value = -1});
}

int place_field(struct unit *unit, struct func *func, int base, sym key)
{
        return place_of(unit, func, (struct place){.kind = PLACE_FIELD, .base = base, .name = key});
}

int place_deref(struct unit *unit, struct func *func, int base)
{
        return place_of(unit, func, (struct place){.kind = PLACE_DEREF, .base = base});
}

int place_elem(struct unit *unit, struct func *func, int base, int index)
{
        return place_of(unit, func, (struct place){.kind = PLACE_ELEM, .base = base, .index = index});
}

int place_addr(struct unit *unit, struct func *func, int base)
{
        return place_of(unit, func, (struct place){.kind = PLACE_ADDR, .base = base});
}

int place_arith(struct unit *unit, struct func *func, enum arith op, int left, int right)
{
        struct place place = {.kind = PLACE_ARITH, .op = op, .base = left, .index = right};
        return place_of(unit, func, place);
}

int place_temp(struct unit *unit, struct func *func, int number)
{
        return place_of(unit, func, (struct place){.kind = PLACE_TEMP, .value = number});
}
