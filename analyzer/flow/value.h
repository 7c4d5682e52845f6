/*
 * value.h: symbolic values of one walk. A value is a number; equal structure
 * gives the equal number (hash-consing), so that `n > 500` tested twice is one
 * value as long as n was not assigned in between. Addresses are values too:
 * what a place denotes is "the content of an address".
 */
#ifndef FLOW_VALUE_H
#define FLOW_VALUE_H

#include "base/map.h"
#include "ir/ir.h"
#include "link/keys.h"

enum value_kind {
        VALUE_CONST,   /* number; a null pointer is 0 */
        VALUE_STRING,  /* name: a literal's address */
        VALUE_FUNC,    /* name: a function's address */
        VALUE_VAR,     /* address of the variable that place `a` is */
        VALUE_GLOBAL,  /* address of the variable of static storage `name`, see program_global */
        VALUE_FIELD,   /* address of field `name` of the object at address `a` */
        VALUE_ARITH,   /* a op b; pointer plus number is the address of an element */
        VALUE_CONTENT, /* what stood at address `a` when it was first read; `b` is the event that last
                          clobbered it, or 0 */
        VALUE_RESULT,  /* what the call with event number `a` returned */
        VALUE_OUT,     /* what event number `a` left at address `b` */
        VALUE_PHI,     /* content of address `b` where paths meet in block `a` */
        VALUE_OLD,     /* value `a` as it was in an earlier round of a loop */
        VALUE_APPLY,   /* what function `name`, which changes nothing, returns for the arguments `a` */
        VALUE_LIST,    /* arguments: `a`, then the list `b`, -1 ends it */
        VALUE_BULK,    /* value `a`, computed by more arithmetic than anybody looks into */
};

struct value {
        enum value_kind kind;
        enum arith op;
        int a, b;
        int64_t number;
        sym name;
        const struct keys *reads; /* APPLY: the memory that the result depends on */
        int mark;                 /* the round of marking that reached it */
        int weight;     /* values in the expression when it is written out as a tree; filled by value_of */
        VEC(int) parts; /* PHI: the values that meet */
};

struct value_slot {
        uint32_t hash;
        int value; /* 1 + its number, 0 free */
};

struct values {
        struct arena *arena;
        VEC(struct value) list;
        struct value_slot *slots; /* a hash table over the list */
        int nslots;
        VEC(int) applied;          /* all APPLY that depend on memory */
        int *marks;                /* rounds of marking so far: whoever looks may mark */
        VEC(int) statuses;         /* addresses at which every function of a library may leave a status */
        const struct map *written; /* fields and globals that anybody in the program assigns; NULL: any */
        const struct map *inside;  /* globals that no code outside of it can change; NULL: none */
};

void values_init(struct values *values, struct arena *arena);

/* The number of a value, made when new. */
int value_of(struct values *values, struct value value);

int value_const(struct values *values, int64_t number);

/* What FUNCTION returns for NARGS arguments; it depends on the memory READS beside them, NULL: on none. */
int value_apply(struct values *values, sym function, const int *args, int nargs, const struct keys *reads);
int value_field(struct values *values, int address, sym key);
/*
 * `a op b`. Folds constants; x + 0 is x; turns comparisons so that a constant
 * stands on the right. Values are shared, so that a chain of n operations may
 * be a tree of 2^n: beyond a weight, the heavier operand goes in as BULK.
 * Everything that follows operands is bounded by that.
 */
int value_arith(struct values *values, enum arith op, int a, int b);
int value_content(struct values *values, int address, int clobber);

/* The number that `a op b` is; false where it has none, or where C leaves it open. */
bool value_fold(enum arith op, int64_t a, int64_t b, int64_t *out);

/* True when `part` is `value` or what `value` is computed from (an address inside it, an offset of it). */
bool value_within(const struct values *values, int value, int part);

/*
 * True when `value` lies within `part` on each of the paths that meet in it: a
 * pointer that a loop moves along. *AHEAD: on some of them surely behind its
 * beginning, and on none before what it was.
 */
bool value_wanders(const struct values *values, int value, int part, bool *ahead);

/* True when ADDRESS is OBJECT or a part of it: a field, an element, a field of these. */
bool value_inside(const struct values *values, int address, int object);

/* The pointer that an address inside an object starts from: p for p + 4, &p->f and &p->f[2]. */
int value_base(const struct values *values, int value);

/* True when the address lies in the storage of a variable of this function. */
bool value_is_local(const struct values *values, int address);

/*
 * The key of the cell that an address is, for what the program as a whole
 * stores there: a field's key, the sym of a global, either with "[]" for what it points
 * to. NULL when it is neither. Interned in NAMES.
 */
sym value_cell(const struct values *values, struct names *names, int address);

/* The values that a value may be: itself, what meets in a PHI, what an OLD value was, and so on; each once,
 * the value itself first. At most 64. */
struct meeting {
        VEC(int) values;
};
void value_meeting(const struct values *values, struct arena *arena, int value, struct meeting *out);

/* Adds a part to a PHI; true when it was new. */
bool value_meet(struct values *values, int phi, int part);

#endif
