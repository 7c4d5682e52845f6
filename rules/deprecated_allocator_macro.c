/*
 * deprecated_allocator_macro.c: an old spelling of an allocator; the fix renames it.
 */
#include "rule.h"

#include <string.h>

extern const struct rule deprecated_allocator_macro;

static bool is_old_spelling(const struct model *model)
{
        return model->renamed && model->macro && !model->numpy && !model->lock_api && !model->alias &&
               (model->deprecated || model->removed);
}

static void check(const struct site *at, struct findings *out)
{
        const struct model *model = at->model;
        if (!is_old_spelling(model))
                return;
        struct finding *finding =
            finding_add(out, &deprecated_allocator_macro, at->at, at->func, NULL,
                        "'%s' is a deprecated spelling of '%s'.", at->name, model->renamed);
        if (!model->renamed_nearly)
                finding_fix(out, finding, true, at->at, model->renamed, "Rename '%s' to '%s'", at->name,
                            model->renamed);
        else
                finding_fix(out, finding, false, at->at, model->renamed, "Rename '%s' to '%s'", at->name,
                            model->renamed);
}

const struct rule deprecated_allocator_macro = {
    .code = "PML401",
    .name = "deprecated-allocator-macro",
    .title = "Deprecated name of an allocator",
    .category = CATEGORY_DEPRECATED,
    .level = LEVEL_WARNING,
    .precision = PRECISION_VERY_HIGH,
    .at = ON_NAME,
    .check = check,
    .doc =
        "## What it finds\n"
        "`PyMem_MALLOC`, `PyMem_FREE`, `PyMem_DEL`, `PyObject_DEL`, `PyObject_NEW` and the other old\n"
        "spellings, at the place where they are written, inside the project's own macros too. Never in\n"
        "branches that are not compiled, in comments or strings, or in headers of others.\n"
        "\n"
        "## Why it matters\n"
        "They are soft-deprecated aliases. Some changed their meaning on the way (`PyMem_Del` was usable\n"
        "as a function pointer until Python 3.11), and readers take the upper-case names for something\n"
        "faster, which they are not.\n"
        "\n"
        "## How to fix it\n"
        "Write the function's own name; `--fix` does it.\n"
        "\n"
        "## Where it holds\n"
        "Every Python 3 has the function under its own name; the old one may go.\n"
        "\n"
        "## Limits\n"
        "`PyObject_INIT` and `PyObject_INIT_VAR` return another type than the functions: their fix is not\n"
        "applied unasked.\n",
};
