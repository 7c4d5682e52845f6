/*
 * state.h: what is true at one point of a walk, on the paths that one disjunct
 * stands for: contents of memory, facts about values, the lock, and the one
 * block of memory that the walk follows.
 */
#ifndef FLOW_STATE_H
#define FLOW_STATE_H

#include "flow/handles.h"
#include "flow/span.h"
#include "flow/value.h"
#include "ir/witness.h"
#include "link/contract.h"
#include "link/keys.h"

enum { OPEN_UNKNOWN = 99 };

struct held {
        int address, content;
};

struct fact {
        int value;
        struct span span;
        gil_set saved; /* the value is a token: the lock state from before, 0 when it is none */
};

struct clobber {
        sym key;   /* of the field */
        int event; /* number of the event that wrote it behind our back */
};

/* Of the block that a walk follows. */
enum status {
        BLOCK_NONE,     /* not obtained on this path, or known to be null */
        BLOCK_OWNED,    /* this function has to release it or pass it on */
        BLOCK_BORROWED, /* exists, somebody else owns it: a parameter, a field's content */
        BLOCK_FREED,
        BLOCK_ESCAPED, /* passed on to an owner, or no longer understood */
};

/* States that nobody needs any more, for those to come: most live no longer than a block. */
struct state_pool {
        struct arena *arena; /* outlives every state of the pool */
        struct state *spare;
};

/* Heads of loops that a path got by, see skip.h. */
enum { SKIPS_MOST = 4 };
struct skips {
        int n, heads[SKIPS_MOST];
};

struct state {
        struct state_pool *pool;
        struct state *next;           /* in the list of spare ones */
        VEC(struct held) store;       /* sorted by address */
        VEC(struct fact) facts;       /* sorted by value */
        VEC(struct clobber) clobbers; /* one of no key stands for all fields that have none of their own */
        gil_set gil;
        int open;                    /* regions and handles opened here and not closed yet */
        struct handles handles;      /* those of them that nest */
        const struct spot *restored; /* the token that came back and that this function did not make */
        const struct step *gil_why;  /* last step that led to this lock state */
        enum status status;
        families taken;         /* what it was released to */
        families family;        /* of the block followed */
        const struct step *why; /* last step of the block's story */
        int result;             /* of the call being applied: its value on this path */
        bool crossed;           /* a handle was given back before one that was taken after it: told there */
        bool crashed;           /* null was dereferenced: nothing comes behind it */
        bool lost;     /* a statement on the way here could not be read, or what a call did is not known */
        bool failed;   /* the block turned out to be null on a path to here */
        bool doubtful; /* perhaps there is none: no leak for sure */
        bool guessed;  /* the path hangs on what a library put into it */
        const struct effect
            *asked; /* of the call being applied: gives the block here, or does not (`given`) */
        bool given;
        bool otherwise;     /* the call gave a block of another family instead */
        struct skips skips; /* loops that it got by while the block was its own */
        bool untested;      /* the call gave null, and nobody has asked yet */
        bool failure;       /* it was said that something failed, and nothing came behind that undoes it */
        bool stored;        /* it lies in memory that outlives this function: no leak for sure */
        int holder;         /* ... in one object alone, which starts there; 0: in others too */
        int shown; /* the event that gave it to a function of which nothing is known, and nobody else; or 0 */
        int replaced; /* the value that took the place of the block's last pointer, 0: none */
        int depth;    /* branch steps in that story */
        int joins;    /* how often other paths were joined in */
};

/* One that knows nothing. Lives until state_drop, or as long as the arena of POOL. */
struct state *state_new(struct state_pool *pool);

/* A deep copy in the pool of STATE. */
struct state *state_copy(const struct state *state);

/* Nobody looks at STATE again. */
void state_drop(struct state *state);

/* One like STATE but for its lists, which are empty. */
struct state *state_shell(const struct state *state);

/* Content of an address; first read makes it. */
int state_read(struct state *state, struct values *values, int address);

/* What reading an address that was neither read nor written finds. */
int state_first(const struct state *state, struct values *values, int address);

/* CONTENT is what state_first would give, which then need not be made. */
bool state_is_first(const struct state *state, const struct values *values, int address, int content);

/* Stores. Entries that lie inside the stored place (fields of a record) are dropped. */
void state_write(struct state *state, struct values *values, int address, int content);

/* The content if the address was read or written already, else -1. */
int state_peek(const struct state *state, int address);

/* Copies what is known of the record at FROM to the record at TO. */
void state_move(struct state *state, struct values *values, int to, int from);

/* Forgets the contents of all addresses inside variable or object ADDRESS: EVENT wrote there. */
void state_forget(struct state *state, struct values *values, int address, int event);

/* Plain contents (known numbers, what was first read) inside ADDRESS may have been written by EVENT. */
void state_unfact(struct state *state, struct values *values, int address, int event);

/* Forgets the fields KEYS of every object that is no local variable: EVENT may have written them. */
void state_clobber(struct state *state, struct values *values, const struct keys *keys, int event);

/* What is known of a value: from facts, structure and arithmetic. */
struct span state_span(const struct state *state, const struct values *values, int value);

/* The lock state a token remembers, 0 when the value is none. */
gil_set state_saved(const struct state *state, int value);

/* Adds a fact; false when it contradicts what is known: the path cannot happen. */
bool state_assume(struct state *state, struct values *values, int value, struct span span);

/* Assumes that VALUE is (not) zero, and what follows for the operands of a comparison. False: impossible. */
bool state_branch(struct state *state, struct values *values, int value, bool truth);

/* Replaces what is known of a value, for one that is made anew. */
void state_set(struct state *state, int value, struct span span, gil_set saved);

/* Nothing is known of a value any more. */
void state_unset(struct state *state, int value);

/* A value is about to be made anew by the same event: whoever still holds the old one holds VALUE_OLD of it.
 */
void state_renew(struct state *state, struct values *values, int value);

/* Memory of these keys changes: results that were computed from it are made anew where they are asked for
 * again. */
void state_outdate(struct state *state, struct values *values, const struct keys *keys);

/* Joins OTHER into STATE where paths meet in BLOCK. True when STATE changed. */
bool state_join(struct state *state, const struct state *other, struct values *values, int block);

/* Drops variables that are dead where BLOCK begins, and what only they reach. SLOT gives the bit in LIVE of a
 * place, -1 for no variable. What is more than can be followed is forgotten. */
void state_prune(struct state *state, struct values *values, int block, const int *slot,
                 const uint64_t *live);

/* The block followed lies in OBJECT too, which outlives this function; 0: in which is not known. */
static inline void state_keep(struct state *state, int object)
{
        state->holder = !state->stored || state->holder == object ? object : 0;
        state->stored = true;
}

/* True when some place other than ADDRESS holds VALUE or an address inside it. */
bool state_holds(const struct state *state, const struct values *values, int value, int except);

/* The same loops; those that both got by. */
bool skips_equal(const struct skips *a, const struct skips *b);
void skips_join(struct skips *skips, const struct skips *other);

/* True when both speak of the same place. */
bool spot_equal(const struct spot *a, const struct spot *b);

#endif
