/*
 * free_not_owned.c: what is released was lent, or is no block at all.
 */
#include "rule.h"

extern const struct rule free_not_owned;

static void check(const struct site *at, struct findings *out)
{
        if (at->block != BLOCK_EVENT_NOT_OWNED)
                return;
        const struct step *why = site_fault(at, "'%s' releases it", at->called);
        struct finding *finding = finding_add(out, &free_not_owned, at->at, at->func, why,
                                              "'%s' releases %s.", at->called, at->what);
        finding->confidence = at->confidence;
}

const struct rule free_not_owned = {
    .code = "PML204",
    .name = "free-not-owned",
    .title = "Release of memory that is not owned",
    .category = CATEGORY_FAMILY,
    .level = LEVEL_ERROR,
    .precision = PRECISION_HIGH,
    .at = ON_BLOCK,
    .check = check,
    .doc = "## What it finds\n"
           "A release of memory that the caller never owned: what `PyUnicode_AsUTF8`, `PyBytes_AsString` or\n"
           "`Py_GetPath` only lend, a string literal, an array on the stack, an address in the middle of a\n"
           "block.\n"
           "\n"
           "## Why it matters\n"
           "The block belongs to an object, to the interpreter or to nobody. Its release frees memory under\n"
           "a living owner or hands the allocator an address it never gave out.\n"
           "\n"
           "## How to fix it\n"
           "Do not release it; copy it first when it has to outlive its owner.\n"
           "\n"
           "## Where it holds\n"
           "Every Python and build: it is a matter of C, not of the interpreter.\n"
           "\n"
           "## Limits\n"
           "Addresses inside a block are reported with medium confidence.\n",
};
