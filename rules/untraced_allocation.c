/*
 * untraced_allocation.c: libc memory that an object owns, which tracemalloc does not see.
 */
#include "rule.h"

#include <string.h>

extern const struct rule untraced_allocation;

/* Every family of the set could be exchanged for one that is traced. */
static bool is_untraced(const struct models *models, families set)
{
        for (int i = family_next(set, -1); i >= 0; i = family_next(set, i))
                if (models->families.at[i].traced || !models->families.at[i].target)
                        return false;
        return set && !(set & FAMILY_UNKNOWN);
}

static const char *member(sym key)
{
        const char *dot = strrchr(key, '.');
        return dot ? dot + 1 : key;
}

static void check(const struct site *at, struct findings *out)
{
        if (at->story != STORY_EVENT_WHOLE || !at->owner || at->shown || !is_untraced(at->models, at->from))
                return;
        const struct step *why = site_fault(at, "an object keeps it in '%s'", member(at->owner));
        struct finding *finding =
            finding_add(out, &untraced_allocation, at->at, at->func, why,
                        "The object's field '%s' keeps memory from %s, which tracemalloc does not see.",
                        member(at->owner), at->origin);
        finding->confidence = at->confidence;
}

const struct rule untraced_allocation = {
    .code = "PML503",
    .name = "untraced-allocation",
    .title = "Memory of an object that tracemalloc does not see",
    .category = CATEGORY_ADVICE,
    .level = LEVEL_NOTE,
    .precision = PRECISION_HIGH,
    .off = true,
    .at = ON_STORY,
    .check = check,
    .doc =
        "## What it finds\n"
        "A block of the C library that is stored in a field of an object, or in an array that such a\n"
        "field holds.\n"
        "\n"
        "## Why it matters\n"
        "`tracemalloc` counts what comes from Python's allocators. It shows the object with the size of\n"
        "its struct and not the megabytes behind it, and a leak there is looked for everywhere else.\n"
        "\n"
        "## How to fix it\n"
        "Use `PyMem_Malloc`, or `PyMem_RawMalloc` where the GIL is not held, at both ends of the block;\n"
        "or tell `tracemalloc` with `PyTraceMalloc_Track` and `PyTraceMalloc_Untrack`.\n"
        "\n"
        "## Where it holds\n"
        "Every Python 3 that runs with `tracemalloc`.\n"
        "\n"
        "## Limits\n"
        "A struct is known to be an object by a type that names its size. Memory that a library allocates\n"
        "and hands over is not meant.\n",
};
