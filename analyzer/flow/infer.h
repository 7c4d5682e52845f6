/*
 * infer.h: parts of contracts_infer that the rules' walks use again.
 */
#ifndef FLOW_INFER_H
#define FLOW_INFER_H

#include "flow/flow.h"
#include "flow/outcome.h"
#include "flow/walk.h"

/* The blocks worth following through a function. */
struct subjects {
        VEC(struct subject) list;
};

/* The contract of FUNCTION, whose callees have theirs; PROGRAM has a log for what it stores. */
void function_infer(struct program *program, struct function *function);

/* given.c: adds to the contracts of its calls what the functions they are given do; callees come first. */
void calls_complete(struct program *program, struct function *function);

/* reads.c: a bit for the parameter that a place is, 0 for another place; and those that nobody assigns or
 * gets the address of (SHOWN). Of more than 64 the first. */
uint64_t param_bit(const struct func *func, int place);
uint64_t params_pinned(const struct func *func, uint64_t *shown);

/* variant.c: finds the variants of its calls; callees come first. */
void calls_vary(struct program *program, struct function *function);

/* infer.c: what COPY does with memory where what it has `assumed` holds: fills copy->contract, and no cells.
 */
void infer_variant(struct program *program, struct function *copy);

/* worth.c: fills uses_lock, minds_lock, brings_lock, uses_memory, moves_memory, passes_functions and counts;
 * callees come first. */
void function_classify(struct program *program, struct function *function);

/* True when a walk that enters FUNCTION in lock state GIL can show more than that it is entered so. */
bool lock_matters(const struct function *function, gil_set gil);

/* True when its callers have to know what it stores through its parameters, keeps, or returns of them. */
bool function_hands_through(const struct function *function);

/* infer_lock.c: the lock cases of a body. */
void infer_lock(struct program *program, struct function *function, const struct live *live);

/* effects.c: adds EFFECT; where the same one is there already, it holds under what both ask for. */
void contract_add(struct program *program, struct contract *contract, struct effect effect);

/* infer_block.c: adds to CONTRACT where the block goes. The passes that it took. */
int infer_block(struct program *program, struct function *function, const struct live *live,
                const struct subject *subject, struct contract *contract);

/*
 * infer_result.c: adds to CONTRACT the numbers that all results of WALK lie
 * between, and which argument they are or lie in. The kind of each outcome is
 * the value that it returns, -1 nothing; it is used up.
 */
void infer_result(struct program *program, struct contract *contract, struct outcomes *results,
                  const struct walk *walk);

/* Two exits return what no caller takes for one and the same. */
bool outcomes_differ(const struct outcomes *results);

/* As far as its spelling tells; a number that is made to hold one counts too. */
bool is_pointer_type(sym type);

/* The spot is a parameter itself, and a pointer. */
bool is_pointer_param(const struct func *func, const struct spot *spot);

/*
 * Every block that FUNCTION obtains by a call, and every one that exists at
 * entry and is released in it. A walk that follows nothing finds them; ALSO is
 * told of the calls of the same walk.
 */
void subjects_find(struct program *program, struct function *function, struct arena *arena,
                   const struct live *live, const struct observer *also, struct subjects *out);

/* A walk that follows SUBJECT, with its entry state in *ENTRY. */
void walk_subject(struct walk *walk, struct program *program, struct function *function, struct arena *arena,
                  const struct live *live, const struct subject *subject, struct state **entry);

/* infer_left.c: what one exit leaves at a spot that the caller can name. */
struct leaving {
        int exit; /* in `exits` */
        struct spot at, from;
        bool moved; /* what stood at `from` on entry, and `plus` */
        int64_t plus;
        struct span value; /* else */
};

/* What the exits of a walk leave behind. Memory from the walk's arena. */
struct left {
        struct outcomes exits;
        VEC(const struct state *) states; /* at the exits */
        uint64_t shown; /* parameters that functions without a body get: what they point at may be written */
        VEC(struct leaving) list;
        VEC(struct spot) blocks; /* where a block is left */
};

/* Notes an exit that returns VALUE (-1 nothing). */
void left_note(struct left *left, struct walk *walk, const struct state *state, int value);

/*
 * What the exits of the CHOSEN one of two sides (0 and 1; of neither: any other
 * number) leave where the other side leaves something else; memory from ARENA.
 * The number of spots, put to OUT.
 */
int left_beside(struct arena *arena, const struct left *left, const int *side, int chosen,
                struct beside **out);

/* Adds what they leave to CONTRACT. */
void left_infer(struct program *program, struct contract *contract, const struct left *left);

/* reads.c: adds the arguments that the body dereferences to the function's contract; callees come first. */
void infer_reads(struct program *program, struct function *function);

/* True when a token that remembers the lock leaves the function with VALUE or through memory. */
bool lock_token(struct walk *walk, const struct state *state, int value);

/*
 * anyhow.c: True when a function that nobody is seen to call may be entered in
 * either state: the tree is the library, and everybody may call it so; it
 * brings the lock into being itself; or only such functions call it.
 */
bool entered_anyhow(const struct function *function);

/*
 * True when the tree is a program of its own that brings the lock into being
 * somewhere: nothing says that the functions of which nobody is seen to call
 * them run on behalf of the interpreter.
 */
bool program_hosts(const struct program *program);

#endif
