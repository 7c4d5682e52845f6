/*
 * block_site.h: how the questions about blocks of memory are divided: block_site.c
 * follows them and judges where they go, use_site.c what is done with them.
 */
#ifndef FLOW_BLOCK_SITE_H
#define FLOW_BLOCK_SITE_H

#include "flow/site.h"

/* A reallocation whose result takes the place of the only pointer: told where the function goes on without.
 */
struct loss {
        struct site site;
        int content;
        bool told;
};

struct block_asking {
        struct asking *asking;
        VEC(struct loss) losses;
        VEC(struct loss)
        shown; /* lost unless a function of which nothing is known kept it; content: its event */
        VEC(int) given_back; /* such events, behind which it was released on a way to success */
        VEC(int) ended;      /* what stands in place of the block where the function ends, and may be null */
        const struct subject *subject; /* NULL in the walk that follows nothing */
        bool unchecked;                /* first_use is one */
        struct site first_use;
};

/* The call that the block followed comes from, as messages name it. */
const char *origin_text(const struct block_asking *block, const struct visit *visit);

static inline bool effect_releases(const struct effect *effect)
{
        return effect->kind == EFFECT_TAKES || effect->kind == EFFECT_RESIZES;
}

/* The observers of a dereference and of a call, with a struct block_asking. */
void block_used(void *data, const struct visit *visit, int pointer);
void block_passed(void *data, const struct visit *visit);

/* shown_site.c: notes an exit that returns VALUE. True: the block may be lost there, if shown_tell says so.
 */
bool shown_exit(struct block_asking *block, const struct walk *walk, const struct state *state, int value);
void shown_tell(struct block_asking *block);

#endif
