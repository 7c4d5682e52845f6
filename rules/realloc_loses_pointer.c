/*
 * realloc_loses_pointer.c: p = realloc(p, n): when it fails the old block is lost.
 */
#include "rule.h"

extern const struct rule realloc_loses_pointer;

static void check(const struct site *at, struct findings *out)
{
        if (at->block != BLOCK_EVENT_RESIZE_LOST)
                return;
        const struct step *why = site_fault(at, "on failure the old block is lost here");
        struct finding *finding =
            finding_add(out, &realloc_loses_pointer, at->at, at->func, why,
                        "When '%s' fails, the only pointer to the old block from %s is overwritten.",
                        at->called ? at->called : "the reallocation", at->origin);
        finding->confidence = at->confidence;
}

const struct rule realloc_loses_pointer = {
    .code = "PML301",
    .name = "realloc-loses-pointer",
    .title = "Reallocation overwrites the only pointer",
    .category = CATEGORY_LIFETIME,
    .level = LEVEL_WARNING,
    .precision = PRECISION_HIGH,
    .at = ON_BLOCK,
    .check = check,
    .doc = "## What it finds\n"
           "`p = realloc(p, n)`, in any family, where `p` is the only pointer to the block.\n"
           "\n"
           "## Why it matters\n"
           "When the reallocation fails it returns `NULL` and leaves the old block alone. The assignment\n"
           "then forgets it: a leak, and often a crash when the caller goes on with a size that the block\n"
           "does not have.\n"
           "\n"
           "## How to fix it\n"
           "Assign to a second pointer, test it, and only then overwrite the first.\n"
           "\n"
           "## Where it holds\n"
           "Every Python and build: it is a matter of C, not of the interpreter.\n"
           "\n"
           "## Limits\n"
           "Where the program ends at once when memory is short the leak does not matter; such code is\n"
           "reported all the same.\n",
};
