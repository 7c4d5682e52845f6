/*
 * leak_on_path.c: a block that is still owned is forgotten where the function ends.
 */
#include "rule.h"

extern const struct rule leak_on_path;

static void check(const struct site *at, struct findings *out)
{
        if (at->block != BLOCK_EVENT_LEAK && at->block != BLOCK_EVENT_LOST)
                return;
        bool ends = at->block == BLOCK_EVENT_LEAK;
        const struct step *why = site_fault(at, ends ? "the function ends and nobody holds it"
                                                     : "its last pointer is overwritten");
        struct finding *finding =
            finding_add(out, &leak_on_path, at->at, at->func, why,
                        ends ? "A block from %s is still owned where the function ends here."
                             : "The last pointer to a block from %s is overwritten.",
                        at->origin);
        finding->confidence = at->confidence;
}

const struct rule leak_on_path = {
    .code = "PML303",
    .name = "leak-on-path",
    .title = "Block lost on a path",
    .category = CATEGORY_LIFETIME,
    .level = LEVEL_WARNING,
    .precision = PRECISION_HIGH,
    .at = ON_BLOCK,
    .check = check,
    .doc =
        "## What it finds\n"
        "A block that this function obtained and that nobody holds any more where it ends: mostly an\n"
        "error path that returns without the release that the other paths have.\n"
        "\n"
        "## Why it matters\n"
        "Memory is lost each time the path is taken. In a server that meets the error often it grows\n"
        "without bound.\n"
        "\n"
        "## How to fix it\n"
        "Release the block on that path, or leave through the label that releases.\n"
        "\n"
        "## Where it holds\n"
        "Every Python and build: it is a matter of C, not of the interpreter.\n"
        "\n"
        "## Limits\n"
        "A block that was passed to code that is not understood, or stored where somebody may find it, is\n"
        "not reported; neither is anything in functions that use `setjmp` or lost statements while they\n"
        "were read.\n",
};
