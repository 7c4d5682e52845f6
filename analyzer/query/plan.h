/*
 * plan.h: which memory could be obtained elsewhere. Sites fall into groups
 * between which a block can travel; each group gets a verdict with its reasons.
 * Plain rows; nothing here changes a file.
 *
 * A wrong "movable" is the worst that can happen, so what is not understood is
 * not movable, and what is taken to hold is named as an assumption.
 */
#ifndef QUERY_PLAN_H
#define QUERY_PLAN_H

#include "query/census.h"

enum plan_verdict {
        PLAN_MOVABLE,
        PLAN_MOVABLE_RAW, /* only to the family that needs no lock */
        PLAN_MOVABLE_TAG, /* several families meet at one release: blocks need a tag first */
        PLAN_ALREADY,
        PLAN_NOT_MOVABLE,
        PLAN_INCONSISTENT, /* mixes families today */
        PLAN_VERDICTS
};

enum plan_why {
        WHY_KEPT,      /* code outside the tree keeps it */
        WHY_PASSED,    /* it goes to code of which nothing is known */
        WHY_OUTSIDE,   /* an API hands it out */
        WHY_TAKEN,     /* an API takes it back */
        WHY_LENT,      /* memory of another owner meets it */
        WHY_EXPORTED,  /* other trees can get or give it */
        WHY_CALLED,    /* a function called from outside gets or returns it */
        WHY_FOREIGN,   /* a record of others holds it */
        WHY_ADDRESS,   /* a value that is not understood */
        WHY_PARTIAL,   /* a unit that may mention it was not read whole */
        WHY_SKIPPED,   /* code that a condition of the preprocessor leaves out mentions it */
        WHY_OBJECT,    /* objects, whose types release them */
        WHY_ALLOCATOR, /* an allocator without a counterpart */
        WHY_ONE_SIDED, /* no release, or no allocation, is seen */
        WHY_CONSUMER,  /* a tree that uses this one takes part */
        WHY_DOMAIN,    /* the target is for objects only */
        WHY_GIL,       /* the lock is not held, or not known to be */
        WHY_FAMILIES,  /* several families meet */
        WHY_MISMATCH,  /* a release does not fit an allocation */
        WHY_MACRO,     /* a macro with several definitions makes the call */
        WHY_COUNT
};

struct plan_reason {
        enum plan_why kind;
        const char *said; /* a clause without full stop */
        struct where at;  /* file NULL: nowhere in particular */
        const struct step *because;
};

enum plan_edit_kind {
        EDIT_NAME,  /* `old` becomes `text` */
        EDIT_TYPED, /* the same; where the text fits exactly, `typed` (type, count) instead */
        EDIT_COUNT, /* a typed macro (type, count) becomes a cast of `text` (count, sizeof type) */
};

/* One textual change that moves a site, or the macro that makes it. */
struct plan_edit {
        enum plan_edit_kind kind;
        struct where at; /* the name, up to its end */
        const char *old, *text;
        /* of EDIT_TYPED and EDIT_COUNT */
        struct where call;    /* up to the closing parenthesis */
        struct where args[2]; /* of the size, or of type and count */
        const char *typed, *element;
        sym type; /* of the variable that is assigned, NULL not known */
};

struct plan_site {
        struct where at;
        sym function;
        const char *written, *family;
        enum site_role role;
        enum lock_column lock;
        const struct step *held, *released, *assumed, *unknown;
        long long size;
        sym becomes; /* what will be called, NULL: no counterpart */
};

struct plan_group {
        int number;          /* from 1, by first site */
        const char *name;    /* a field, variable or function that says what it is, for headings */
        const char *current; /* families, "libc|pymem" */
        enum plan_verdict verdict;
        const char *target; /* the family that it should or could move to, NULL: none */
        VEC(struct plan_site) sites;
        VEC(const char *) places;            /* fields and variables that hold its blocks */
        VEC(struct plan_reason) reasons;     /* why not, or why not further */
        VEC(struct plan_reason) assumptions; /* what the verdict takes to hold */
        VEC(struct plan_edit) edits;         /* of a movable group */
        VEC(sym) edited;                     /* the files they lie in */
        VEC(sym) lacking;                    /* those of them that may not see the target declared */
        const char *header;                  /* which header declares it */
        bool compat;                         /* older versions that the project supports lack it */
};

struct plan {
        const char *to; /* family, or "auto" */
        VEC(struct plan_group *) groups;
        int counts[PLAN_VERDICTS];
        int objects;        /* sites left out: they make or release objects */
        const char *compat; /* a header to write beside the sources, NULL when none is needed */
};

/* A word of source text that a condition of the preprocessor leaves out. */
struct plan_skipped {
        sym word;
        struct where at;
        bool member; /* behind "." or "->" */
};

struct plan_unit {
        sym path;
        bool failed;
};

struct plan_wish {
        int to;        /* index of a family, -1: auto */
        families from; /* 0: all */
        VEC(struct plan_skipped) skipped;
        VEC(sym) consumers; /* paths of units that belong to other trees */
};

/* A word for logs and a clause for people; texts that last. */
const char *plan_verdict_name(enum plan_verdict verdict); /* "movable" ... */
const char *plan_verdict_text(enum plan_verdict verdict); /* "movable to the raw domain only" ... */
const char *plan_why_name(enum plan_why why);             /* "kept-outside" ... */

/* The first family of the models that is traced, a target of plans, and needs the lock or does not; -1: none.
 */
int plan_target(const struct models *models, bool needs_gil);

/* The plan for a program behind gil_spread, whose models have both targets; everything lives in ARENA. */
struct plan *plan_make(struct arena *arena, struct program *program, const struct plan_wish *wish);

#endif
