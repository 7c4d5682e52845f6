/*
 * call.h: how call.c is divided: what cases mean for the lock, and what effects
 * mean for memory.
 */
#ifndef FLOW_CALL_H
#define FLOW_CALL_H

#include "flow/walk.h"

/* A call that may reach more bodies is one of an unknown function. */
enum { TARGETS_TOLD_APART = 4 };

/* True when SPAN says nothing. */
bool span_is_plain(struct span span);

/* Makes the tests and the result's span facts of the state. False: the case cannot happen here. */
bool case_assume(struct visit *visit, const struct test *when, int n, struct span result);

/* True when the tests hold for sure. */
bool tests_certain(const struct visit *visit, const struct test *when, int n);

/* worth.c: a call is allowed without the lock, under some condition at least. */
bool contract_runs_released(const struct contract *contract);

/* worth.c: a call may leave the lock in another state than it found it in. */
bool contract_changes_lock(const struct contract *contract);

/* worth.c: the call brings the lock into being: it takes it without a token where there may have been none to
 * take. NULL: no. */
bool contract_brings_lock(const struct contract *contract);

/* call_lock.c: TOKEN is a handle, but one that was taken after it is open and stands for another state. */
bool token_crosses(const struct state *state, int token);

/* The value that TEST asks for now; -1: it cannot be named. */
int value_asked(const struct visit *visit, const struct test *test);

/* Stores the result where the call's value goes. */
void call_deliver(struct walk *walk, struct visit *visit);

/* The same visit on a copy of its state. */
struct visit visit_fork(const struct visit *visit);

/* The callee as messages name it. */
const char *visit_called(const struct visit *visit);

/* call_lock.c: the states behind the lock cases of a contract. */
void call_lock(struct walk *walk, struct visit *visit, const struct contract *contract, struct states *out);

/* call_memory.c: the states behind its effects; what an unknown callee may do to what it is given. */
void call_memory(struct walk *walk, struct visit *visit, const struct contract *contract, struct states *out);
/* What is given stands at its spot; the block followed is owned from here on. */
void give_block(struct visit *visit, const struct contract *contract, const struct effect *effect);
/*
 * drop.c. What a dying object does to what it owns is known where nothing but the
 * block itself decides: its other fields may hold what a maker put there. True:
 * that is not so here; the block followed is out of sight if it is meant.
 */
bool drop_doubted(const struct visit *visit, const struct effect *effect);
/* The steps of a block that dies with an object, CHAIN inside what releases that, behind BECAUSE. */
const struct step *drop_told(const struct visit *visit, enum step_kind kind, const struct step *chain,
                             const struct step *because);

/*
 * call_give.c: the step of a call that does something to a block, VERB, behind BECAUSE: its callee's own
 * steps CHAIN, if it has them.
 */
const struct step *call_told(struct visit *visit, enum step_kind kind, const struct step *chain,
                             const struct step *because, const char *verb);

/* The value that an effect leaves at its spot, and the address it is written to (-1: the result). */
int given_value(struct visit *visit, const struct effect *effect, int *address);

/* True when VALUE is the block followed (EXACT) or an address inside it. */
bool is_subject(const struct visit *visit, int value, bool *exact);

/* call_leaves.c: the value at one spot is copied to another; a spot gets a number; either may happen or not.
 */
void call_copies(struct visit *visit, const struct effect *effect);
void call_fills(struct visit *visit, const struct effect *effect);
void call_leaves_perhaps(struct visit *visit, const struct effect *effect);
/* Perhaps ADDRESS holds FRESH now, perhaps what it held. */
void call_writes_perhaps(struct visit *visit, int address, int fresh);
/* holder.c: EFFECT releases VALUE, in which the block followed may stand. */
void holder_released(struct visit *visit, const struct effect *effect, int value);

/* The argument that a call reallocates to give what EFFECT gives, 0: none. */
int call_renews(const struct visit *visit, const struct effect *effect);

void call_opaque(struct walk *walk, struct visit *visit);

/* beside.c: True when the effect puts a block where the memory followed stands, which is no block. */
bool beside_replaces(const struct visit *visit, const struct effect *effect);

/* True when the effect gives the block followed, and what it leaves elsewhere tells where it does
 * not. */
bool beside_tells(const struct visit *visit, const struct effect *effect);

/*
 * True when a block that some results surely bring is perhaps left at ADDRESS by another result, a failure,
 * and nothing was set there before: nobody can tell by it, later on, whether there is one.
 */
bool beside_unset(const struct visit *visit, const struct contract *contract, const struct effect *effect,
                  int address);

/* Reads what may be left as it is, before the call changes anything. */
void beside_read(struct visit *visit, const struct contract *contract);

/* The block is not given on this path. */
void beside_refuse(struct visit *visit, const struct contract *contract, const struct effect *effect);

/* What the exits that give it, or do not, leave elsewhere. False: not on this path. */
bool beside_leave(struct visit *visit, const struct contract *contract);

/* The same for one of more bodies than are told apart. */
void call_one_of_many(struct walk *walk, struct visit *visit);

/* Contents that the callee leaves as they are before its effects on memory, although it may write such
 * memory. */
struct kept {
        VEC(struct held) list;
        VEC(struct fact) facts; /* on their contents */
};

/*
 * Tokens that the callee has just put somewhere, which is more than its effects
 * on memory tell; and, where what it does to the lock hangs on fields, those that
 * it surely does not change here.
 */
void call_find_kept(const struct visit *visit, const struct contract *contract, struct kept *kept);

/* Puts them back where they were. */
void call_put_kept(const struct visit *visit, const struct kept *kept);

#endif
