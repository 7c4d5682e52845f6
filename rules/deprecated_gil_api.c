/*
 * deprecated_gil_api.c: lock functions that are deprecated or removed in the versions
 * that the project says it supports.
 */
#include "rule.h"

#include <string.h>

extern const struct rule deprecated_gil_api;

static void check(const struct site *at, struct findings *out)
{
        const struct model *model = at->model;
        if (!model->deprecated_gil || model->soft || !model->deprecated ||
            model->deprecated > at->models->python_max || at->guarded_until)
                return;
        const char *instead = model->replaced ? model->replaced : model->renamed;
        finding_add(out, &deprecated_gil_api, at->at, at->func, NULL,
                    "'%s' is deprecated since Python %u.%u%s%s.", at->name, model->deprecated >> 8,
                    model->deprecated & 255, instead ? "; use " : "", instead ? instead : "");
}

const struct rule deprecated_gil_api = {
    .code = "PML402",
    .name = "deprecated-gil-api",
    .title = "Deprecated function of the GIL API",
    .category = CATEGORY_DEPRECATED,
    .level = LEVEL_WARNING,
    .precision = PRECISION_HIGH,
    .at = ON_NAME,
    .check = check,
    .doc = "## What it finds\n"
           "Functions such as `PyEval_InitThreads`, `PyEval_AcquireLock` and `PyEval_ReleaseLock` that the\n"
           "Python versions the project supports deprecate or no longer have.\n"
           "\n"
           "## Why it matters\n"
           "They do nothing any more, or the module stops compiling with the next Python.\n"
           "\n"
           "## How to fix it\n"
           "`PyEval_InitThreads` is simply removed. Threads made outside Python use `PyGILState_Ensure`;\n"
           "code that has a thread state uses `PyEval_AcquireThread` or `PyEval_RestoreThread`.\n"
           "\n"
           "## Where it holds\n"
           "Newer versions of Python, for each function from a version of its own on.\n"
           "\n"
           "## Limits\n"
           "Uses inside a version guard that excludes the newer versions are left alone.\n",
};
