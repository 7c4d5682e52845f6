/*
 * unchecked_allocation.c: a result that may be NULL is dereferenced before any test.
 */
#include "rule.h"

extern const struct rule unchecked_allocation;

static void check(const struct site *at, struct findings *out)
{
        if (at->block != BLOCK_EVENT_UNCHECKED)
                return;
        const struct step *why = site_fault(at, "it is dereferenced without a test");
        struct finding *finding =
            finding_add(out, &unchecked_allocation, at->at, at->func, why,
                        "The result of %s may be NULL and is used before a test.", at->origin);
        finding->confidence = at->confidence;
}

const struct rule unchecked_allocation = {
    .code = "PML302",
    .name = "unchecked-allocation",
    .title = "Allocation used without a test for NULL",
    .category = CATEGORY_LIFETIME,
    .level = LEVEL_WARNING,
    .precision = PRECISION_HIGH,
    .at = ON_BLOCK,
    .check = check,
    .doc =
        "## What it finds\n"
        "The result of an allocation that is dereferenced, or handed to a function that dereferences it,\n"
        "before any test.\n"
        "\n"
        "## Why it matters\n"
        "Allocations fail, in containers with a memory limit more often than one thinks; the process then\n"
        "dies in a segmentation fault instead of raising `MemoryError`.\n"
        "\n"
        "## How to fix it\n"
        "Test the result, call `PyErr_NoMemory()` with the GIL held, and return the error value.\n"
        "\n"
        "## Where it holds\n"
        "Every Python and build: it is a matter of C, not of the interpreter.\n"
        "\n"
        "## Limits\n"
        "One finding per allocation: the first use.\n",
};
