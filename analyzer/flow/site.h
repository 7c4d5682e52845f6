/*
 * site.h: how rules_run is divided: one file per kind of site.
 */
#ifndef FLOW_SITE_H
#define FLOW_SITE_H

#include "flow/infer.h"

struct asking {
        struct program *program;
        const struct rule *const *rules; /* ended by NULL */
        struct findings *out;
        const struct map *ends;     /* what releases fields when their objects end, see dangling.h */
        struct subjects **subjects; /* per function: what block_sites has found, for those who come later */
};

/* Asks every rule of this hook. */
void site_ask(struct asking *asking, enum rule_hook hook, struct site *site);

/* True when some selected rule has this hook. */
bool asking_about(const struct asking *asking, enum rule_hook hook);

/*
 * Calls JUDGE for every function, several at a time: each gets an asking of its
 * own with the same rules, and DATA, which nobody must write to. What they
 * find is put together in the order of the functions.
 */
void asking_functions(struct asking *asking,
                      void (*judge)(struct asking *asking, struct function *function, void *data),
                      void *data);

/* A site for an event: its place, its function, its callee. */
struct site site_at(const struct asking *asking, const struct visit *visit);

/* lock_site.c: every call and exit in the lock states that reach them. */
void lock_sites(struct asking *asking);

/* block_site.c: what happens to blocks of memory. */
void block_sites(struct asking *asking);

/* name_site.c: names the user wrote; type objects; functions handed to foreign code. */
void name_sites(struct asking *asking);
void type_sites(struct asking *asking);
void store_sites(struct asking *asking);

/* The slots of the type that variable DATA of UNIT describes; none when it describes no type. */
struct type_slots {
        VEC(struct type_slot) list;
        bool heap; /* most of them stand in a table that it names */
};
void type_slots(struct program *program, struct arena *arena, const struct unit *unit,
                const struct data *data, struct type_slots *out);

/* size_site.c: sizes that are products. story_site.c: what becomes of new blocks. */
void size_sites(struct asking *asking);
void story_sites(struct asking *asking);

/* loaded_site.c: a site about a block of memory. */
struct site block_site(const struct asking *asking, const struct visit *visit, enum block_event event);

/* Asks about a VALUE that is released: what is loaded from a cell, on each of the paths that meet in it. */
void judge_loaded(struct asking *asking, const struct visit *visit, const struct effect *effect, int value);

/*
 * block_fit.c. The block, or the function that releases it, belongs to a library
 * that the tree itself is: what models say of it holds for others.
 */
bool release_is_own(const struct visit *visit);

/*
 * One of several functions gave the block, or one of several takes it: pointers
 * that are set together are called together, so that one pair that fits is
 * enough.
 */
bool release_may_fit(const struct visit *visit, const struct effect *effect);

/* The call goes through a pointer that may hold several functions, and one of them takes blocks of FROM. */
bool release_fits_through(const struct visit *visit, families from);

/*
 * What is released can be nothing but null and what one call of the same
 * function gave, and the function does nothing to the lock: another function
 * may release it in this place.
 */
bool release_is_sole(const struct visit *visit);

/* The block followed stands in an object that will release it when it ends: the effect of *OWNER that does.
 */
const struct effect *release_by_owner(const struct walk *walk, const struct state *state, sym *owner);

#endif
