/* value.c: see value.h. */
#include "flow/value.h"

#include "base/hash.h"

#include <string.h>

enum { HEAVIEST = 64, MEETING = 64, MARKS = 16 };

void values_init(struct values *values, struct arena *arena)
{
        *values = (struct values){.arena = arena};
        values->nslots = 256;
        values->slots = NEW_ARRAY(arena, struct value_slot, values->nslots);
        values->marks = NEW(arena, int);
        value_const(values, 0);
}

static uint64_t hash(const struct value *value)
{
        uint64_t kind = (uint64_t)value->kind << 8 | (uint64_t)value->op;
        uint64_t h = hash_pair((uint64_t)(unsigned)value->a << 32 | (unsigned)value->b, kind);
        return hash_pair(h, (uint64_t)value->number ^ MAP_KEY(value->name));
}

static bool same(const struct value *a, const struct value *b)
{
        return a->kind == b->kind && a->op == b->op && a->a == b->a && a->b == b->b &&
               a->number == b->number && a->name == b->name;
}

static struct value_slot *find(const struct values *values, const struct value *value, uint32_t hashed)
{
        uint32_t mask = (uint32_t)values->nslots - 1, at = hashed & mask;
        struct value_slot *slot = &values->slots[at];
        while (slot->value && (slot->hash != hashed || !same(&values->list.at[slot->value - 1], value))) {
                at = (at + 1) & mask;
                slot = &values->slots[at];
        }
        return slot;
}

static void grow(struct values *values)
{
        struct value_slot *old = values->slots;
        int n = values->nslots;
        values->nslots *= 2;
        values->slots = NEW_ARRAY(values->arena, struct value_slot, values->nslots);
        for (int i = 0; i < n; i++)
                if (old[i].value)
                        *find(values, &values->list.at[old[i].value - 1], old[i].hash) = old[i];
}

int value_of(struct values *values, struct value value)
{
        uint32_t hashed = (uint32_t)hash(&value);
        struct value_slot *slot = find(values, &value, hashed);
        if (slot->value)
                return slot->value - 1;
        if (4 * (values->list.n + 1) > 3 * values->nslots) {
                grow(values);
                slot = find(values, &value, hashed);
        }
        value.weight = 1;
        if (value.kind == VALUE_ARITH)
                value.weight += values->list.at[value.a].weight + values->list.at[value.b].weight;
        else if (value.kind == VALUE_FIELD)
                value.weight += values->list.at[value.a].weight;
        VEC_PUSH(values->arena, &values->list, value);
        *slot = (struct value_slot){hashed, values->list.n};
        return values->list.n - 1;
}

int value_const(struct values *values, int64_t number)
{
        return value_of(values, (struct value){.kind = VALUE_CONST, .number = number});
}

int value_apply(struct values *values, sym function, const int *args, int nargs, const struct keys *reads)
{
        int list = -1, n = values->list.n;
        for (int i = nargs - 1; i >= 0; i--)
                list = value_of(values, (struct value){.kind = VALUE_LIST, .a = args[i], .b = list});
        int value = value_of(
            values,
            (struct value){.kind = VALUE_APPLY, .a = list, .b = -1, .name = function, .reads = reads});
        if (value >= n && reads && (reads->all || reads->list.n))
                VEC_PUSH(values->arena, &values->applied, value);
        return value;
}

int value_field(struct values *values, int address, sym key)
{
        return value_of(values, (struct value){.kind = VALUE_FIELD, .a = address, .name = key});
}

int value_content(struct values *values, int address, int clobber)
{
        return value_of(values, (struct value){.kind = VALUE_CONTENT, .a = address, .b = clobber});
}

bool value_fold(enum arith op, int64_t a, int64_t b, int64_t *out)
{
        switch (op) {
        case ARITH_ADD:
                return !__builtin_add_overflow(a, b, out);
        case ARITH_SUB:
                return !__builtin_sub_overflow(a, b, out);
        case ARITH_MUL:
                return !__builtin_mul_overflow(a, b, out);
        case ARITH_AND:
                return *out = a & b, true;
        case ARITH_OR:
                return *out = a | b, true;
        case ARITH_XOR:
                return *out = a ^ b, true;
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
        default:
                return false; /* division and shifts have cases without a value */
        }
}

static enum arith turned(enum arith op)
{
        switch (op) {
        case ARITH_LT:
                return ARITH_GT;
        case ARITH_LE:
                return ARITH_GE;
        case ARITH_GT:
                return ARITH_LT;
        case ARITH_GE:
                return ARITH_LE;
        default:
                return op;
        }
}

static bool commutes(enum arith op)
{
        return op == ARITH_ADD || op == ARITH_MUL || op == ARITH_AND || op == ARITH_OR || op == ARITH_XOR ||
               op >= ARITH_EQ;
}

/* A number that fits into the bits that an address has to spare: 1, n & 1. */
static bool is_mark(const struct values *values, int value)
{
        const struct value *v = &values->list.at[value];
        if (v->kind == VALUE_ARITH && v->op == ARITH_AND)
                v = &values->list.at[v->b];
        return v->kind == VALUE_CONST && v->number >= 0 && v->number < MARKS;
}

/* What an address starts from: p in &p->f, p + n, p - n, p & -8, and p with a mark in its lowest bits; -1: it
 * is the start itself. */
static int operand(const struct values *values, int address)
{
        const struct value *v = &values->list.at[address];
        if (v->kind != VALUE_ARITH)
                return v->kind == VALUE_FIELD ? v->a : -1;
        if (v->op == ARITH_ADD || v->op == ARITH_SUB)
                return v->a;
        bool bits = v->op == ARITH_OR || v->op == ARITH_AND || v->op == ARITH_XOR,
             sets = bits && v->op != ARITH_AND;
        if ((bits && values->list.at[v->b].kind == VALUE_CONST) || (sets && is_mark(values, v->b)))
                return v->a;
        return sets && is_mark(values, v->a) ? v->b : -1;
}

int value_base(const struct values *values, int value)
{
        for (int from = value; from >= 0; from = operand(values, from))
                value = from;
        return value;
}

/* An address keeps what it starts from: only the way from there is too much. */
static int lighten_address(struct values *values, int address)
{
        int base = value_base(values, address);
        if (base == address)
                return address;
        int way = value_of(values, (struct value){.kind = VALUE_BULK, .a = address});
        return value_of(values, (struct value){.kind = VALUE_ARITH, .op = ARITH_ADD, .a = base, .b = way});
}

static void lighten(struct values *values, int *operand)
{
        *operand = value_of(values, (struct value){.kind = VALUE_BULK, .a = *operand});
}

int value_arith(struct values *values, enum arith op, int a, int b)
{
        const struct value *left = &values->list.at[a], *right = &values->list.at[b];
        int64_t number;
        if (left->kind == VALUE_CONST && right->kind == VALUE_CONST &&
            value_fold(op, left->number, right->number, &number))
                return value_const(values, number);
        /* p + i stays as it is: the left operand of a sum is what an address starts from */
        bool by_number = op != ARITH_ADD && right->kind != VALUE_CONST && a > b;
        bool swap = commutes(op) && (left->kind == VALUE_CONST || by_number);
        if (swap) {
                int keep = a;
                a = b;
                b = keep;
                op = turned(op);
                left = &values->list.at[a];
                right = &values->list.at[b];
        }
        if (right->kind == VALUE_CONST && right->number == 0 &&
            (op == ARITH_ADD || op == ARITH_SUB || op == ARITH_OR))
                return a;
        if (a == b && op >= ARITH_EQ)
                return value_const(values, op == ARITH_EQ || op == ARITH_LE || op == ARITH_GE);
        bool sum = op == ARITH_ADD || op == ARITH_SUB;
        if (sum && right->kind == VALUE_CONST && left->kind == VALUE_ARITH &&
            values->list.at[left->b].kind == VALUE_CONST &&
            (left->op == ARITH_ADD || left->op == ARITH_SUB) &&
            value_fold(left->op == op ? ARITH_ADD : ARITH_SUB, values->list.at[left->b].number, right->number,
                       &number))
                return value_arith(values, left->op, left->a, value_const(values, number)); /* (x + 1) - 1 */
        bool left_heavy = left->weight > right->weight;
        bool heavy = left->weight + right->weight >= HEAVIEST;
        if (heavy && left_heavy && sum)
                a = lighten_address(values, a);
        else if (heavy)
                lighten(values, left_heavy ? &a : &b);
        return value_of(values, (struct value){.kind = VALUE_ARITH, .op = op, .a = a, .b = b});
}

bool value_within(const struct values *values, int value, int part)
{
        for (; value >= 0; value = operand(values, value)) {
                const struct value *v = &values->list.at[value];
                bool sum = v->kind == VALUE_ARITH && v->op == ARITH_ADD;
                if (value == part || (sum && value_within(values, v->b, part)))
                        return true;
                if (v->kind == VALUE_ARITH && v->op == ARITH_SUB && value_within(values, v->b, part))
                        return false; /* how far it is from there: a number */
        }
        return false;
}

/* How far `v` is from its operand: 1 ahead, -1 back or not known, 0 not at all. */
static int direction(const struct values *values, const struct value *v)
{
        const struct value *by = &values->list.at[v->b];
        if (v->kind != VALUE_ARITH) /* a field: the first one begins where its record does */
                return -1;
        return v->op == ARITH_ADD && by->kind == VALUE_CONST && by->number > 0 ? 1 : -1;
}

bool value_wanders(const struct values *values, int value, int part, bool *ahead)
{
        int list[MEETING], n = 1;
        bool back = false;
        list[0] = value;
        *ahead = false;
        for (int i = 0; i < n; i++) {
                const struct value *v = &values->list.at[list[i]];
                int next = operand(values, list[i]);
                if (list[i] == part)
                        continue;
                if (next >= 0) {
                        *ahead |= direction(values, v) > 0;
                        back |= direction(values, v) < 0;
                } else if (v->kind != VALUE_PHI || !v->parts.n) {
                        return false;
                }
                for (int j = 0; j < (next < 0 ? v->parts.n : 1); j++) {
                        int other = next < 0 ? v->parts.at[j] : next, k = 0;
                        while (k < n && list[k] != other)
                                k++;
                        if (k == n && n == MEETING)
                                return false;
                        if (k == n)
                                list[n++] = other;
                }
        }
        *ahead &= !back;
        return n > 1;
}

bool value_inside(const struct values *values, int address, int object)
{
        for (int from; address != object; address = from) {
                from = operand(values, address);
                if (from < 0 || from != values->list.at[address].a)
                        return false;
        }
        return true;
}

bool value_is_local(const struct values *values, int address)
{
        return values->list.at[value_base(values, address)].kind == VALUE_VAR;
}

sym value_cell(const struct values *values, struct names *names, int address)
{
        const struct value *v = &values->list.at[address];
        if (v->kind == VALUE_FIELD || v->kind == VALUE_GLOBAL)
                return v->name;
        int from = operand(values, address), pointer = from >= 0 ? from : address;
        const struct value *p = &values->list.at[pointer];
        sym inner = NULL;
        if (p->kind == VALUE_CONTENT)
                inner = value_cell(values, names, p->a);
        else if (from >= 0 && (p->kind == VALUE_FIELD || p->kind == VALUE_GLOBAL))
                inner = value_cell(values, names, pointer);
        return inner ? name_printf(names, "%s[]", inner) : NULL;
}

static void meeting_add(const struct values *values, struct arena *arena, struct meeting *out, int value)
{
        struct value *v = &values->list.at[value];
        if (v->mark != *values->marks && out->values.n < MEETING) {
                v->mark = *values->marks;
                VEC_PUSH(arena, &out->values, value);
        }
}

void value_meeting(const struct values *values, struct arena *arena, int value, struct meeting *out)
{
        ++*values->marks;
        for (int i = 0; i < out->values.n; i++)
                values->list.at[out->values.at[i]].mark = *values->marks;
        meeting_add(values, arena, out, value);
        for (int i = 0; i < out->values.n && out->values.n < MEETING; i++) {
                const struct value *v = &values->list.at[out->values.at[i]];
                if (v->kind == VALUE_OLD)
                        meeting_add(values, arena, out, v->a);
                for (int j = 0; v->kind == VALUE_PHI && j < v->parts.n; j++)
                        meeting_add(values, arena, out, v->parts.at[j]);
        }
}

bool value_meet(struct values *values, int phi, int part)
{
        struct value *v = &values->list.at[phi];
        if (part == phi || v->parts.n >= MEETING) /* nobody asks for more */
                return false;
        for (int i = 0; i < v->parts.n; i++)
                if (v->parts.at[i] == part)
                        return false;
        VEC_PUSH(values->arena, &v->parts, part);
        return true;
}
