/*
 * census.h: how a program allocates: every site with its family, its size and
 * the lock states that reach it; families, wrappers, and totals by family,
 * file, function or field. Plain rows for writers and for other programs.
 */
#ifndef QUERY_CENSUS_H
#define QUERY_CENSUS_H

#include "ir/witness.h"
#include "link/model.h"

struct program;

/* The states of a site as columns; each site counts in one of them. */
enum lock_column {
        LOCK_HELD,
        LOCK_RELEASED,
        LOCK_EITHER,
        LOCK_ASSUMED,
        LOCK_NOT_KNOWN,
        LOCK_UNREACHABLE,
        LOCK_COLUMNS
};

/* What a site does; objects are allocations. */
enum site_role { SITE_ALLOC, SITE_CALLOC, SITE_REALLOC, SITE_FREE, SITE_ROLES };

struct census_site {
        struct where at;
        sym function;        /* around it */
        const char *written; /* the callee as the user wrote it */
        sym callee;          /* as the models know it, NULL through a pointer */
        sym spelled, via; /* the tree's macro that makes the call, the function behind the callee; or NULL */
        const char *family; /* "libc"; "a|b" where only the type of an object tells */
        enum site_role role;
        bool object; /* an object, whose type releases it */
        bool zeroed;
        long long size; /* bytes, -1: not constant */
        enum lock_column lock;
        const struct step *held, *released, *assumed, *unknown; /* a story for each state that reaches it */
        const char *field; /* what the block is kept in or comes out of: "buf.data", "$cache"; or NULL */
        sym wrapper;       /* the function around it when that is an allocator or a release itself */
        bool partial;      /* its function lost statements */
};

/* One name that stands for an allocator. */
struct census_alias {
        sym name;
        bool macro;
        struct where at;
        const char *of;     /* the names that it leads to, "malloc, free" */
        const char *family; /* of these */
        enum site_role role;
        int uses; /* calls and expansions of it in the tree */
};

struct census_family {
        sym name, title;
        bool traced, needs_gil, object;
        int sites;
};

/* Counts of one group of sites, or of all. */
struct census_count {
        const char *key; /* of the group */
        int roles[SITE_ROLES];
        int zeroed;
        int locks[LOCK_COLUMNS];
        int sized, small; /* allocations of constant size, and those that fit the small allocator's limit */
        int sites;
};

/* A unit that was not seen whole. */
struct census_unit {
        sym path;
        bool failed;
        int kept, lost;
        const char *reason;
};

enum { SMALL_BLOCK = 512 };

struct census {
        VEC(struct census_site) sites; /* by place */
        VEC(struct census_family) families;
        VEC(struct census_alias) aliases;
        VEC(struct census_unit) unseen;
        int units, whole, partial, failed;
        long kept, lost; /* statements */
};

enum census_by { BY_FAMILY, BY_FILE, BY_FUNCTION, BY_FIELD };

struct census_table {
        enum census_by by;
        VEC(struct census_count) rows; /* by key */
        struct census_count total;     /* counted from the sites, not from the rows */
};

/* The census of a program behind gil_spread; everything lives in ARENA. */
struct census *census_take(struct arena *arena, struct program *program);

/* Its units alone: how much of the tree the program rests on. */
struct census *census_cover(struct arena *arena, const struct program *program);

/* Its sites counted by group. */
struct census_table census_count(struct arena *arena, const struct census *census, enum census_by by);

/* The index of the family WORD, else -1 and a message with the nearest name in *ERROR. */
int family_named(struct arena *arena, const struct models *models, const char *word, const char **error);

/* What a model's role is to a census. */
enum site_role site_role_of(enum model_role role);

/* The column of a set of states. */
enum lock_column lock_column_of(gil_set states);

/* The words of columns and roles. */
const char *lock_column_name(enum lock_column column);
const char *site_role_name(enum site_role role);

/* ---- census_rule.c: lines that a project holds ---- */

/*
 * An expression over counts: "libc.alloc > 0 under src/", joined by "and" or
 * "or" from left to right. A name is FAMILY, FAMILY.ROLE, FAMILY.LOCK or
 * FAMILY.ROLE.LOCK; FAMILY may be "any"; ROLE one of alloc, calloc, realloc,
 * free; LOCK one of held, released, either, assumed, unknown, unreachable.
 */
struct census_answer {
        bool holds;
        const char *said; /* the counts behind it: "libc.alloc is 3 under 'src/'" */
};

/* False with a message in *ERROR when EXPRESSION is none; KNOWN families come from the models. */
bool census_ask(struct arena *arena, const struct census *census, const struct models *models,
                const char *expression, struct census_answer *answer, const char **error);

#endif
