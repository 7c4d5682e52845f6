/*
 * block_site.h: how the questions about blocks of memory are divided: block_site.c
 * follows them and judges where they go, use_site.c what is done with them.
 */
#ifndef FLOW_BLOCK_SITE_H
#define FLOW_BLOCK_SITE_H

#include "flow/site.h"

/* A block that is lost if something else turns out to be so where the function ends: `what`. */
struct loss {
        struct site site;
        int what;
};

struct numbers {
        VEC(int) list;
};

struct losses {
        VEC(struct loss) list;
};

struct block_asking {
        struct asking *asking;
        struct losses resized;     /* the only pointer is overwritten by what a reallocation returned, */
        struct numbers ended;      /* ... which may be null there */
        struct losses shown;       /* unless a function of which nothing is known kept it at that event, */
        struct numbers back, kept; /* ... behind which it is released on a way to success, or is not */
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

/* shown_site.c: notes an exit that returns VALUE. True: the block may be lost there, see `shown`. */
bool shown_exit(struct block_asking *block, const struct walk *walk, const struct state *state, int value);

#endif
