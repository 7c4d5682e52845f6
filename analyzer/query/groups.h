/*
 * groups.h: inside of a plan: a group with what its verdict rests on. Shared by
 * the files that fill it: groups.c joins sites, obstacles.c finds what speaks
 * against a move, verdict.c decides, rewrite.c says how the calls change.
 */
#ifndef QUERY_GROUPS_H
#define QUERY_GROUPS_H

#include "query/plan.h"
#include "query/travel.h"

struct group {
        struct plan_group *row;
        VEC(const struct memory_site *) sites;
        struct functions {
                VEC(const struct function *) list;
        } functions, /* around sites, and whose parameters or results its blocks can be */
            doors;   /* of which callers get a block, or which release one that they are given */
        VEC(const struct field_node *) fields;
        VEC(const struct global_node *) globals;
        VEC(struct local_name {
                const struct function *function;
                sym name;
        })
        locals;                         /* variables and parameters that can hold its blocks */
        VEC(const struct mark *) marks; /* that a block of it can meet on its way */
        families gives, takes;          /* of its allocations and of its releases */
        bool object;
        int allocs, frees;
};

/* A release that does not fit, as the walks along paths found it. */
struct mismatch {
        struct where at;
        families from, to;
        const struct step *why;
        bool sure;
};

struct planning {
        struct arena *arena;
        struct program *program;
        const struct plan_wish *wish;
        struct plan *plan;
        struct locks *locks;
        struct memory_sites *sites;
        struct travel *travel;
        struct graph *graph;
        unsigned char *ways; /* scratch, by vertex */
        bool *allocators;    /* by word of wish->skipped, made when first asked for */
        VEC(struct group *) groups;
        VEC(struct mismatch) mismatches;
};

/* groups.c: fills planning->groups. */
void groups_find(struct planning *planning);

/* obstacles.c: reasons why the blocks of a group cannot move at all. */
void obstacles_find(struct planning *planning, struct group *group);

/* obstacles_unseen.c: reasons that lie in what was not seen. */
void obstacles_unseen(struct planning *planning, struct group *group);

/* True when FILE is part of the unit: it, or a header that it includes, whether code of it is used or not. */
bool unit_reads(const struct unit *unit, sym file);

/* verdict.c: which family, and whether. */
void verdict_find(struct planning *planning, struct group *group);

/* rewrite.c: what SITE would call in family TO, NULL when it has no counterpart there. */
const struct model *rewrite_target(const struct models *models, const struct memory_site *site, int to);

/* The edits of a group that moves to TO. */
void rewrite_group(struct planning *planning, struct group *group, int to);

/* A reason or assumption of a group; the same words are said once. */
void group_reason(struct planning *planning, struct group *group, enum plan_why kind, struct where at,
                  const struct step *because, const char *format, ...) __attribute__((format(printf, 6, 7)));
void group_assume(struct planning *planning, struct group *group, enum plan_why kind, struct where at,
                  const struct step *because, const char *format, ...) __attribute__((format(printf, 6, 7)));

#endif
