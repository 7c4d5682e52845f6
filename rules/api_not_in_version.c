/*
 * api_not_in_version.c: an allocator or lock function that a supported version lacks.
 */
#include "rule.h"

#include <string.h>

extern const struct rule api_not_in_version;

static void check(const struct site *at, struct findings *out)
{
        const struct model *model = at->model;
        bool ours = model->allocator || model->lock_api;
        if (model->numpy)
                return;
        if (ours && model->since > at->models->python_min && !at->guarded_since)
                finding_add(out, &api_not_in_version, at->at, at->func, NULL,
                            "'%s' exists since Python %u.%u, but the project supports %u.%u.", at->name,
                            model->since >> 8, model->since & 255, at->models->python_min >> 8,
                            at->models->python_min & 255);
        else if (model->removed && model->removed <= at->models->python_max && !at->guarded_until)
                finding_add(out, &api_not_in_version, at->at, at->func, NULL,
                            "'%s' was removed in Python %u.%u, but the project supports %u.%u.", at->name,
                            model->removed >> 8, model->removed & 255, at->models->python_max >> 8,
                            at->models->python_max & 255);
}

const struct rule api_not_in_version = {
    .code = "PML404",
    .name = "api-not-in-version",
    .title = "Function missing in a supported Python",
    .category = CATEGORY_DEPRECATED,
    .level = LEVEL_ERROR,
    .precision = PRECISION_HIGH,
    .at = ON_NAME,
    .check = check,
    .doc = "## What it finds\n"
           "An allocator or GIL function that the oldest supported Python lacks (`PyMem_Calloc` before 3.5,\n"
           "`PyMem_RawMalloc` before 3.4), or that the newest one has removed, outside of a version guard.\n"
           "The versions are `python-min` and `python-max`.\n"
           "\n"
           "## Why it matters\n"
           "The module does not compile, or does not load, with that Python.\n"
           "\n"
           "## How to fix it\n"
           "Guard the use with `#if PY_VERSION_HEX`, or raise the oldest supported version.\n"
           "\n"
           "## Where it holds\n"
           "The versions between `--python-min` and `--python-max`.\n"
           "\n"
           "## Limits\n"
           "Only names that a model line knows; a guard is recognised by its comparison with a version\n"
           "number.\n",
};
