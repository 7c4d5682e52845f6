/*
 * allocation_size_overflow.c: a product of two run-time values as the size of a block.
 */
#include "rule.h"

extern const struct rule allocation_size_overflow;

static void check(const struct site *at, struct findings *out)
{
        const struct step *why = site_fault(at, "the product may be larger than its type");
        struct finding *finding = finding_add(
            out, &allocation_size_overflow, at->at, at->func, why,
            "The size given to '%s' is a product of %s and %s, and no test on the way bounds either.",
            at->called, at->left, at->right);
        finding->confidence = CONFIDENCE_MEDIUM;
}

const struct rule allocation_size_overflow = {
    .code = "PML306",
    .name = "allocation-size-overflow",
    .title = "Unchecked product as the size of an allocation",
    .category = CATEGORY_LIFETIME,
    .level = LEVEL_WARNING,
    .precision = PRECISION_MEDIUM,
    .at = ON_SIZE,
    .check = check,
    .doc =
        "## What it finds\n"
        "An allocation whose size is a product of two or more values that are known at run time only,\n"
        "where no test on the way to it bounds one of them from above.\n"
        "\n"
        "## Why it matters\n"
        "The product wraps round. The block is then much smaller than the loops behind it believe, and\n"
        "they write past its end: a heap overflow that whoever chooses the two numbers controls.\n"
        "\n"
        "## How to fix it\n"
        "`PyMem_Calloc(n, size)` and `PyMem_New(type, n)` check their product. Else compare one factor\n"
        "with `PY_SSIZE_T_MAX` divided by the other before the multiplication.\n"
        "\n"
        "## Where it holds\n"
        "Every Python and build; most easily where `size_t` has 32 bits.\n"
        "\n"
        "## Limits\n"
        "Whether a value is small by nature cannot be seen, so all findings are of medium confidence. Any\n"
        "test that bounds one factor counts as a check of the product, and so does a call that is given\n"
        "the factor and whose result is tested. A product of members of structures alone is taken for the\n"
        "size of something that exists, and is left alone. Casts are not seen: `(size_t)width * height`\n"
        "of two `int` does not overflow where `size_t` has 64 bits. Products that a caller computed are\n"
        "not followed into a helper.\n",
};
