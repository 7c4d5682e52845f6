/*
 * numpy_allocator_alias.c: NumPy's own names for the interpreter's raw allocator.
 */
#include "rule.h"

#include <string.h>

extern const struct rule numpy_allocator_alias;

static void check(const struct site *at, struct findings *out)
{
        const struct model *model = at->model;
        if (!model->alias)
                return;
        const char *instead = model->renamed ? model->renamed : model->replaced;
        struct finding *finding =
            finding_add(out, &numpy_allocator_alias, at->at, at->func, NULL, "'%s' is an alias%s%s.",
                        at->name, instead ? "; use " : "", instead ? instead : "");
        if (model->renamed && !model->renamed_nearly)
                finding_fix(out, finding, true, at->at, model->renamed, "Rename '%s' to '%s'", at->name,
                            model->renamed);
}

const struct rule numpy_allocator_alias = {
    .code = "PML403",
    .name = "numpy-allocator-alias",
    .title = "NumPy alias of an allocator",
    .category = CATEGORY_DEPRECATED,
    .level = LEVEL_WARNING,
    .precision = PRECISION_HIGH,
    .at = ON_NAME,
    .check = check,
    .doc =
        "## What it finds\n"
        "`PyArray_malloc`, `PyArray_realloc`, `PyArray_free` and the `PyDimMem_*` macros, which are other\n"
        "names of `PyMem_RawMalloc` and its kin.\n"
        "\n"
        "## Why it matters\n"
        "NumPy deprecates them softly. Their names hide which family they belong to: `PyArray_malloc`\n"
        "blocks given to `free` pass silently until `PYTHONMALLOC=debug`.\n"
        "\n"
        "## How to fix it\n"
        "Write `PyMem_RawMalloc`, `PyMem_RawRealloc` and `PyMem_RawFree`; `--fix` does it where the\n"
        "arguments are the same.\n"
        "\n"
        "## Where it holds\n"
        "Every NumPy that still has the alias, with any Python.\n"
        "\n"
        "## Limits\n"
        "`PyDimMem_NEW` counts elements, not bytes: it has no automatic fix.\n",
};
