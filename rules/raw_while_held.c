/*
 * raw_while_held.c: a small block of libc or the raw domain where the lock is held anyway.
 */
#include "rule.h"

extern const struct rule raw_while_held;

enum { SMALL = 512 }; /* pymalloc serves what is not larger */

/* Every family of the set could be exchanged, and works without the lock. */
static bool is_raw(const struct models *models, families set)
{
        for (int i = family_next(set, -1); i >= 0; i = family_next(set, i))
                if (models->families.at[i].needs_gil || !models->families.at[i].target)
                        return false;
        return set && !(set & FAMILY_UNKNOWN);
}

static void check(const struct site *at, struct findings *out)
{
        bool held = at->gil && !(at->gil & ~(gil_set)(GIL_HELD | GIL_ASSUMED));
        if (at->story != STORY_EVENT_WHOLE || !at->stays || !held || at->size < 1 || at->size > SMALL ||
            !is_raw(at->models, at->from))
                return;
        const struct step *why = site_fault(at, "the GIL is held here and where it is released");
        struct finding *finding = finding_add(
            out, &raw_while_held, at->at, at->func, why,
            "%s gives %lld bytes where the GIL is held; 'PyMem_Malloc' serves small blocks faster.",
            at->origin, (long long)at->size);
        finding->confidence = at->confidence;
}

const struct rule raw_while_held = {
    .code = "PML502",
    .name = "raw-while-held",
    .title = "Small raw block while the GIL is held",
    .category = CATEGORY_ADVICE,
    .level = LEVEL_NOTE,
    .precision = PRECISION_HIGH,
    .off = true,
    .at = ON_STORY,
    .check = check,
    .doc = "## What it finds\n"
           "`malloc`, `PyMem_RawMalloc` and their kin for a block of at most 512 bytes, at a place that is\n"
           "reached with the GIL held (in Python 3.13 terms: with an attached thread state) on every way,\n"
           "and released at such places.\n"
           "\n"
           "## Why it matters\n"
           "`PyMem_Malloc` takes blocks of this size from pymalloc, which is faster than the C library for\n"
           "them.\n"
           "\n"
           "## How to fix it\n"
           "Use `PyMem_Malloc` and `PyMem_Free`, at both ends of the block. `pymemlint plan` shows all of\n"
           "them at once.\n"
           "\n"
           "## Where it holds\n"
           "Builds with pymalloc, which is every default build; free-threaded builds have mimalloc in its\n"
           "place.\n"
           "\n"
           "## Limits\n"
           "Only blocks of a constant size that the same function releases. A function that nobody in the\n"
           "tree calls is taken to hold the GIL when it calls something that needs it.\n",
};
