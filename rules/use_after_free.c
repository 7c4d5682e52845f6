/*
 * use_after_free.c: a block is read, written or passed on after its release.
 */
#include "rule.h"

extern const struct rule use_after_free;

static void check(const struct site *at, struct findings *out)
{
        if (at->block != BLOCK_EVENT_USE)
                return;
        const struct step *why = site_fault(at, "it is used here");
        struct finding *finding = finding_add(out, &use_after_free, at->at, at->func, why,
                                              "A block from %s is used after its release.", at->origin);
        finding->confidence = at->confidence;
}

const struct rule use_after_free = {
    .code = "PML305",
    .name = "use-after-free",
    .title = "Block used after its release",
    .category = CATEGORY_LIFETIME,
    .level = LEVEL_ERROR,
    .precision = PRECISION_HIGH,
    .at = ON_BLOCK,
    .check = check,
    .doc =
        "## What it finds\n"
        "A block that is dereferenced, or passed to a function, on a path behind its release.\n"
        "\n"
        "## Why it matters\n"
        "The memory may belong to somebody else by then. Debug hooks fill it with a pattern, so the fault\n"
        "shows there first.\n"
        "\n"
        "## How to fix it\n"
        "Move the release behind the last use, or set the pointer to `NULL` and test it.\n"
        "\n"
        "## Where it holds\n"
        "Every Python and build: it is a matter of C, not of the interpreter.\n"
        "\n"
        "## Limits\n"
        "Passing a released pointer to a function that is not known to read it has medium confidence.\n",
};
