/*
 * contract.h: what a call means to its caller, whether a model line says it
 * or the walk inferred it from a body. A rule cannot tell the two apart.
 *
 * A contract is a list of conditional *effects* and of *lock cases*. An effect
 * speaks of one spot (an argument, the result, what they point at); it holds
 * on the calls whose arguments pass its tests and whose result falls into its
 * span. Conditions instead of a product of cases: a walk follows one property
 * at a time (the lock, or one block) and forks only over the cases that differ
 * in that property.
 */
#ifndef LINK_CONTRACT_H
#define LINK_CONTRACT_H

#include "base/names.h"
#include "base/vec.h"
#include "ir/witness.h"

#include <stdbool.h>
#include <stdint.h>

/*
 * A set of allocation families; bit i is models->families.at[i]. Wider than a
 * machine word: libraries bring dozens. Walk through one with family_next(),
 * never with a bit-scan builtin.
 */
typedef unsigned __int128 families;
#define FAMILY_UNKNOWN ((families)1 << 127)
enum { FAMILY_MOST = 127 };

/* A set of lock states. */
typedef unsigned gil_set;
enum {
        GIL_HELD = 1,
        GIL_RELEASED = 2,
        GIL_ASSUMED =
            4, /* held by the interpreter's rule for code that the tree does not show to be called */
        GIL_UNKNOWN = 8, /* lost track: rules are silent */
        GIL_ANY = GIL_HELD | GIL_RELEASED | GIL_ASSUMED,
};

/* The integers low..high, without 0 when `nonzero`. For pointers: null is 0..0, non-null is all but zero. */
struct span {
        int64_t low, high;
        bool nonzero;
};
#define SPAN_ALL ((struct span){INT64_MIN, INT64_MAX, false})
#define SPAN_ZERO ((struct span){0, 0, false})
#define SPAN_NONZERO ((struct span){INT64_MIN, INT64_MAX, true})
#define SPAN_NEGATIVE ((struct span){INT64_MIN, -1, true})
#define SPAN_POSITIVE ((struct span){1, INT64_MAX, true})

/*
 * What an effect is about, as seen by the caller. root: SPOT_RESULT, an
 * argument's number from 0, or SPOT_GLOBAL with `global`. Each step then goes
 * on from there: "*" follows the pointer, any other sym is the key of a field.
 * The out-parameter *arg1 is {1, {"*"}}; arg0->buf is {0, {"*", "buf.c|buf.data"}}.
 * The syms are interned in the process's table; "*" too.
 */
enum { SPOT_RESULT = -1, SPOT_GLOBAL = -2, SPOT_VARARGS = -3, SPOT_STEPS = 4 };
struct spot {
        int root;
        sym global;
        int nsteps;
        sym steps[SPOT_STEPS];
};

/* A condition on the value at a spot at entry. */
struct test {
        struct spot of;
        struct span span;
};

enum effect_kind {
        EFFECT_GIVES,   /* the spot receives a block of `family` that the caller owns now */
        EFFECT_TAKES,   /* the block at the spot goes back to `family` */
        EFFECT_RESIZES, /* as TAKES, and the same call GIVES what `from` holds afterwards (the result, as a
                           rule); when that is null nothing was taken */
        EFFECT_KEEPS,   /* ownership of the block at the spot goes to the callee or what it stores it in;
                           `family`, when not 0, is where that will give it back to one day */
        EFFECT_BORROWS, /* the spot receives memory that somebody else owns: it must not be released */
        EFFECT_FILLS,   /* the spot is written; its value lies in `value` */
        EFFECT_COPIES,  /* the spot receives the value at `from` (a returned argument, a stored parameter),
                           and `plus` is added to it */
        EFFECT_READS,   /* the pointer at the spot is dereferenced without a test */
        EFFECT_CALLS,   /* the function at the spot is called, see `time` and `gil` */
};

/* What stands at a spot on the paths on which an effect happens, or on those on which it does not. */
struct beside {
        struct spot at;
        struct span value;
        bool same; /* what stood there before the call */
};

/*
 * Argument `array` is a table of numbers, one row for each function of the
 * table that is called from; a row has as many as arguments `wide[0]` and
 * `wide[1]` say together. A function whose row has `number` is entered with
 * the lock. array 0: there is none.
 */
struct rows {
        int array, wide[2], number;
};

enum call_time { CALL_DURING, CALL_LATER, CALL_THREAD };

/* What a function that is called back gets as one of its arguments: the outer call's argument `arg`, or (-1)
 * something within `span`. */
struct passed {
        int arg;
        struct span span;
};

struct effect {
        enum effect_kind kind;
        struct spot at, from;
        int64_t plus; /* COPIES */
        families family;
        struct span value;       /* FILLS */
        bool flag;               /* FILLS: every result tells which number is left there */
        const struct spot *also; /* GIVES: further spots that receive the same block */
        int nalso;
        struct span result; /* holds only for results in this span */
        struct test *when;  /* and only when all these hold at entry */
        int nwhen;
        enum call_time time;         /* CALLS */
        const struct passed *passed; /* CALLS: its arguments, when they are known */
        int npassed;
        gil_set gil;      /* CALLS: lock state the function is entered with; 0: that of the caller */
        const sym *by;    /* CALLS later: inside calls of these functions, in their lock state */
        int nby;          /* 0: at any time */
        struct rows rows; /* CALLS out of a table: a second table says which are entered held */
        sym link;         /* TAKES: the key of a field whose content is released here too, as of a list;
                             KEEPS: of the field that it stays in, where callers cannot name it; or NULL */
        bool filled;      /* GIVES as the result: not null where the tests hold */
        bool nullable;    /* GIVES through memory: what is left there may be null */
        bool optional;    /* GIVES, BORROWS through memory: the spot may be left as it was */
        bool shown;       /* GIVES: a function of which nothing is known may hold the block too */
        bool inside; /* COPIES: not the value at `from`, but an address inside what it points at, or the value
                        with a mark */
        bool maybe;  /* on some paths only, for reasons that no test here can tell */
        struct beside *with, *without; /* GIVES: what tells the exits that give from those that do not */
        int nwith, nwithout;
        bool fails;             /* ... and that those return null */
        const struct step *why; /* last step of what proves it; NULL for models */
};

/*
 * One lock case. `needs`: states in which the call is allowed. `leaves_held`
 * and `leaves_released`: state afterwards when entered held or released (0:
 * never returns so). A *token* is a value that carries the lock state from
 * before: `saves` is the spot that receives one, `restores` the spot whose
 * token's state comes back. When no token is known to be there, `leaves_*`
 * tell what is left (GIL_UNKNOWN when nothing can be told).
 */
struct gil_case {
        struct test *when;
        int nwhen;
        struct span result;
        gil_set needs;
        gil_set leaves_held, leaves_released;
        bool inferred; /* from a body: `leaves` counts first, the token where they are unknown */
        int opens;     /* inferred: regions opened less regions closed */
        bool has_saves, has_restores;
        struct spot saves, restores;
        bool token_null_if_same; /* the saved token is null exactly when nothing was released */
        bool token_null;         /* inferred: nothing was, and null is left where other cases save one */
        bool unsure;             /* inferred: what leads there is not known for sure */
        const struct step *why;  /* why it needs or changes the lock; NULL for models */
};

struct contract {
        sym name;
        bool modelled; /* from a model file; never revised by a body */
        bool noreturn;
        bool inferred;          /* the effects are those of its body */
        bool opaque;            /* nothing is known: an external function without a model */
        bool unread;            /* ... and its body may stand in a unit that could not be read */
        bool result_maybe_null; /* an allocation or lookup that may fail */
        bool result_never_null;
        int of_type; /* 1 + the argument that is the type of the object given; 0: not known */
        int drops;   /* 1 + the argument that a reference is given back to: with the last one its type
                        releases it; 0: none */
        VEC(struct effect) effects;
        VEC(struct gil_case) gil; /* empty: allowed in any state, leaves it as it is */
};

#endif
