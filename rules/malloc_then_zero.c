/*
 * malloc_then_zero.c: an allocation that is filled with zeros at once; calloc gives them for less.
 */
#include "rule.h"

extern const struct rule malloc_then_zero;

/* The function that gives zeroed memory of the same family, or NULL. */
static sym calloc_of(const struct models *models, families from)
{
        for (int i = 0; i < models->list.n; i++) {
                const struct model *model = models->list.at[i];
                if (model->role != ROLE_CALLOC || model->same_as || model->renamed || model->replaced)
                        continue;
                for (int e = 0; e < model->contract.effects.n; e++)
                        if (model->contract.effects.at[e].kind == EFFECT_GIVES &&
                            model->contract.effects.at[e].family == from)
                                return model->name;
        }
        return NULL;
}

static void check(const struct site *at, struct findings *out)
{
        sym instead = at->story == STORY_EVENT_ZEROED ? calloc_of(at->models, at->from) : NULL;
        if (!instead)
                return;
        const struct step *why = site_fault(at, "all of it is set to zero");
        struct finding *finding = finding_add(
            out, &malloc_then_zero, at->at, at->func, why,
            "The whole block from %s is set to zero here; '%s' gives zeroed memory.", at->origin, instead);
        finding->confidence = at->confidence;
}

const struct rule malloc_then_zero = {
    .code = "PML501",
    .name = "malloc-then-zero",
    .title = "Allocation followed by filling it with zeros",
    .category = CATEGORY_ADVICE,
    .level = LEVEL_NOTE,
    .precision = PRECISION_HIGH,
    .off = true,
    .at = ON_STORY,
    .check = check,
    .doc = "## What it finds\n"
           "A `memset` to zero, or a `bzero`, of exactly the size that the block was allocated with.\n"
           "\n"
           "## Why it matters\n"
           "`calloc` of the same family gets large blocks as zero pages from the system and does not touch\n"
           "them; the `memset` makes every page real. It also checks the product of its two arguments.\n"
           "\n"
           "## How to fix it\n"
           "Allocate with `calloc`, `PyMem_Calloc`, `PyMem_RawCalloc` or `PyObject_Calloc`, and delete the\n"
           "`memset`.\n"
           "\n"
           "## Where it holds\n"
           "Every Python and build.\n"
           "\n"
           "## Limits\n"
           "Both sizes must be the same values: `sizeof(*p)` against `sizeof(struct s)` is understood, a\n"
           "size rounded up is not. For small blocks there is little to win.\n",
};
