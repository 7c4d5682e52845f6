/*
 * double_free.c: a block is released a second time on one path.
 */
#include "rule.h"

extern const struct rule double_free;

static void check_field(const struct site *at, struct findings *out)
{
        const struct step *why =
            site_fault(at, "the function ends, '%s' still points there, and '%s' will release it again",
                       at->what, at->called);
        struct finding *finding = finding_add(out, &double_free, at->at, at->func, why,
                                              "'%s' still points at a block that was released where the "
                                              "function ends, and '%s' releases it again.",
                                              at->what, at->called);
        finding->confidence = at->confidence;
}

static void check(const struct site *at, struct findings *out)
{
        if (at->block == BLOCK_EVENT_DANGLES)
                check_field(at, out);
        if (at->block != BLOCK_EVENT_AGAIN)
                return;
        const struct step *why = site_fault(at, "'%s' releases it again", at->called);
        struct finding *finding = finding_add(
            out, &double_free, at->at, at->func, why, "'%s' releases a block from %s that %s%s%s.",
            at->called, at->origin, at->what ? "'" : "was released before", at->what ? at->what : "",
            at->what ? "' releases when its owner ends" : "");
        finding->confidence = at->confidence;
}

const struct rule double_free = {
    .code = "PML304",
    .name = "double-free",
    .title = "Block released twice",
    .category = CATEGORY_LIFETIME,
    .level = LEVEL_ERROR,
    .precision = PRECISION_HIGH,
    .at = ON_BLOCK,
    .check = check,
    .doc = "## What it finds\n"
           "A path on which one block is released twice, directly or through helpers that release what they\n"
           "are given; and one on which a method releases what a field of its object holds and leaves the\n"
           "pointer there, for the type's `tp_dealloc` to release again.\n"
           "\n"
           "## Why it matters\n"
           "Between the two the block may have become somebody else's. Debug hooks abort; an ordinary run\n"
           "corrupts the heap.\n"
           "\n"
           "## How to fix it\n"
           "Set the pointer to `NULL` after its release (`Py_CLEAR` for objects), or give the block one\n"
           "owner.\n"
           "\n"
           "## Where it holds\n"
           "Every Python and build: it is a matter of C, not of the interpreter.\n"
           "\n"
           "## Limits\n"
           "Two pointers that are equal for reasons the code does not show are not seen.\n",
};
