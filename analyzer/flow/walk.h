/*
 * walk.h: the one dataflow engine. A walk goes through one function and
 * follows one property along its paths: the lock, or one block of memory.
 * Paths are joined where they agree in that property and kept apart where they
 * do not: property simulation (Das, Lerner, Seigle, ESP, PLDI 2002). Facts on
 * values ride along on each disjunct, so that a condition met twice is decided
 * the second time.
 *
 * Inference and rules are two observers of the same walk: they see every block
 * once per state, loops when they have come to their fixed point.
 */
#ifndef FLOW_WALK_H
#define FLOW_WALK_H

#include "flow/live.h"
#include "flow/state.h"
#include "link/program.h"

enum property {
        FOLLOW_NOTHING, /* one joined state per point: what values can be */
        FOLLOW_LOCK,
        FOLLOW_BLOCK,
};

/* The block that a walk follows: given by an event, or found in a value that exists at entry. */
struct subject {
        int event;      /* number of the event that gives it, 0: it exists at entry */
        struct spot at; /* event: where the contract says it appears */
        int value;      /* entry: the value; event: filled when the event is met, -1 before */
        families family;
        bool null_possible;
        sym link;           /* the key of a field whose content is released in the same place, or NULL */
        bool is_fixed;      /* entry: no memory of the heap at all */
        struct value fixed; /* a literal, a variable's storage */
};

/* Where a value that an event made comes from. */
struct origin {
        families family;
        bool null_possible;
        bool borrowed; /* lent, not given, on all paths */
        bool lent;     /* on some paths */
        int renews;    /* the value that was reallocated for it, 0: none */
        const struct step *why;
        const struct call *call;
        struct spot at;
};

/* The last reference to an object goes: what happens to it then. */
struct drop {
        struct function *by; /* releases what the object owns */
        const struct contract *contract;
};

struct node {
        VEC(struct state *) states;
        VEC(bool) dirty;
        bool passed_on; /* a loop's head: it is come back to when the block followed has found an owner, */
        VEC(struct skips) back; /* ... and with these when it has not */
};

struct walk;

/* One event, seen on one disjunct. */
struct visit {
        struct walk *walk;
        struct state *state; /* before the event */
        const struct event *event;
        const struct call *call;   /* CALL */
        const struct model *known; /* ... or the described function */
        struct function
            *only; /* CALL through a pointer whose value is known on this path: the function, or NULL */
        const struct drop *drop;         /* CALL: the argument dies of it; then `only` is what releases it */
        const struct contract *contract; /* being applied */
        int **tested; /* per effect of it: the values that its tests ask for, from before the call; or NULL */
        int *sources; /* per effect of it: the value that it copies, from before the call */
        int **before; /* per effect of it: what stood beside the block before the call; or NULL */
        int number;   /* of the event in the function, from 1 */
        int block;
        int *args;  /* values of the arguments */
        int result; /* value the call will return */
};

struct observer {
        void *data;
        void (*call)(void *data, const struct visit *visit);
        /* The block followed is released; EXACT: its start, not an address inside. */
        void (*release)(void *data, const struct visit *visit, const struct effect *effect, int value,
                        bool exact);
        /* A pointer is dereferenced. */
        void (*deref)(void *data, const struct visit *visit, int pointer);
        /* CONTENT is stored at ADDRESS, which held OLD (-1 unknown). */
        void (*store)(void *data, const struct visit *visit, int address, int old, int content);
        /* The function returns VALUE (-1 nothing). STATE is made into another one afterwards. */
        void (*exit)(void *data, struct walk *walk, struct state *state, int value, struct loc at, int block);
};

struct walk {
        struct program *program;
        struct function *function;
        const struct func *func;
        struct arena *arena; /* emptied by the caller after the walk */
        struct state_pool pool;
        struct values values;
        const struct live *live;
        enum property property;
        struct subject subject;
        const struct observer *observer; /* NULL while a loop settles */
        struct node *nodes;              /* per block */
        struct map origins;              /* value -> struct origin * */
        int *base;                       /* number of the first event of a block */
        int limit;                       /* disjuncts per block */
        int from;                        /* the block that is gone through, -1: none */
        int passes;                      /* blocks gone through so far */
        int part;                        /* of the order: the one that is gone through */
        bool settled;                    /* it brings nothing new any more */
        const bool
            *before; /* per block: the event that gives the block followed may still come; NULL: not known */
        const struct drop *const *drops; /* per event: calls that surely drop the last reference; or NULL */
        bool apart;     /* paths that know different things of what existed at entry are not joined */
        bool counts;    /* a block that may have got another reference has escaped */
        bool no_access; /* an address is being taken: nothing is dereferenced for it */
        bool jumps;     /* it follows jumps to a call that returns twice, */
        int landing;    /* ... which stands in this block */
        VEC(struct state *) jumping; /* the states that jumped */
        bool overrun; /* the limit was reached somewhere: joined more than the property wants */
};

/* A walk over FUNCTION. LIVE may be shared between walks over the same function. */
void walk_init(struct walk *walk, struct program *program, struct function *function, struct arena *arena,
               const struct live *live, enum property property);

/* The state in which the function is entered, for the caller to refine before walk_run. */
struct state *walk_entry(struct walk *walk);

/*
 * How many passes all walks after the blocks of one function get. A function of
 * a hundred lines takes some hundred; the largest known (an interpreter's loop
 * with an allocation in every arm) would take minutes. What is not followed is
 * not reported, and kept as far as callers know.
 */
enum { WALK_PASSES = 8000 };

/*
 * Goes through the parts of the function in order. A loop settles in silence
 * first; then every block is gone through once with OBSERVER, from each state
 * that came to it, and leads on.
 */
void walk_run(struct walk *walk, struct state *entry, const struct observer *observer);

/* The address that a place is, and the value that it has. Both tell the observer about dereferences. */
int walk_address(struct walk *walk, struct visit *visit, int place);
int walk_value(struct walk *walk, struct visit *visit, int place);

/*
 * What follows is asked of the block alone: paths on which it cannot appear any
 * more are dropped.
 */
void walk_narrow(struct walk *walk);

/* The address of the variable that a place is. */
int walk_variable(struct walk *walk, int place);

/* "'n > 500'", or "not 'n > 500'". */
const char *walk_condition(const struct walk *walk, int place, bool truth);

/* Value of parameter I at entry. */
int walk_param(struct walk *walk, int i);

/* The address behind a spot of a call, -1 when the spot is a value and no place (a bare argument, the
 * result). */
int spot_address(const struct visit *visit, const struct spot *spot);

/* The value at a spot of a call before it happens, -1 when it cannot be named. */
int spot_value(const struct visit *visit, const struct spot *spot);

/* A value that exists at entry, as a spot that a caller understands. False when it is none. */
bool spot_of(const struct walk *walk, int value, struct spot *spot);
bool spot_of_address(const struct walk *walk, int address, struct spot *spot);

/* The families of what a value points at, as far as this walk knows; FAMILY_UNKNOWN for the rest; 0 for null.
 */
families families_of_value(const struct walk *walk, const struct state *state, int value,
                           const struct step **why);

/* The place of an event in the sources. */
struct where walk_where(const struct walk *walk, struct range at);

/* The memory at POINTER is accessed: tells the observer; afterwards the pointer is known not to be null. */
void walk_access(struct walk *walk, const struct visit *visit, int pointer);

/* CONTENT is about to be stored at ADDRESS: tells the observer, and notes what that means for the block
 * followed. */
void walk_store(struct walk *walk, struct visit *visit, int address, int content);

/* steps.c: a step in this function, behind BECAUSE. Lives as long as the walk; see steps_keep. */
const struct step *walk_step(const struct walk *walk, enum step_kind kind, struct range at,
                             const struct step *because, const char *format, ...)
    __attribute__((format(printf, 5, 6)));

/* CHAIN (of a callee's contract) behind BECAUSE, copied as far as needed; either may be NULL. */
const struct step *steps_splice(struct arena *arena, const struct step *chain, const struct step *because);

/*
 * A copy of a story that lives as long as ARENA. Of one that is longer than anybody reads, both ends, and a
 * step between them that says so.
 */
const struct step *steps_keep(struct arena *arena, const struct step *last);

/* "because 'n > 500'" when the block is entered on one side of a condition, else "". */
const char *walk_reason(const struct walk *walk, int block);

/* rows.c: the state in which TO is entered by an EFFECT whose rows say so; GIL_UNKNOWN: they cannot be read.
 */
gil_set rows_state(const struct visit *visit, const struct effect *effect, const struct function *to);

/*
 * drop.c: of a walk that counts. True when a call may take a reference to the
 * block followed without keeping it for good: it runs code that may do anything.
 */
bool call_may_count(const struct visit *visit);

/* call.c: what a call does to a state; the states behind it are pushed to OUT. */
struct states {
        VEC(struct state *) list;
};
void walk_call(struct walk *walk, struct visit *visit, struct states *out);

struct contracts;

/* The bodies that a call can reach on this path, and their number. */
struct function *const *visit_targets(const struct visit *visit, int *n);

/* The one described function that a call reaches on this path, or NULL. */
const struct model *visit_model(const struct visit *visit);

/* The contracts of what a call can reach on a path; never empty. */
void visit_contracts(const struct visit *visit, struct arena *arena, struct contracts *out);

/* The contracts of what a call can reach; never empty. */
struct contracts {
        VEC(const struct contract *) list;
};
void call_contracts(const struct program *program, const struct call *call, struct arena *arena,
                    struct contracts *out);

/* The name by which messages speak of a call's callee, NULL through a pointer. */
sym call_spelled(const struct program *program, const struct event *event);

/* The block in which the event of this number stands. */
int walk_block_of(const struct walk *walk, int number);

/*
 * evaluate.c: what a variable of TYPE holds when it is set to NUMBER: 1 is true,
 * -1 is large without a sign. False: it is not known, or no number here.
 */
bool number_held(sym type, int64_t *number);

/* The value that a TEST of an effect of the visit's contract asks for, as it was before the call; -1: it
 * cannot be named. */
int test_value(const struct visit *visit, const struct test *test);

/* True when all tests of an effect or case may hold on this visit. */
bool tests_possible(const struct visit *visit, const struct test *when, int n);

#endif
