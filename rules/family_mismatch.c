/*
 * family_mismatch.c: a block goes back to another allocator than it came from.
 */
#include "rule.h"

#include <string.h>

extern const struct rule family_mismatch;

static bool of_objects(const struct models *models, families set)
{
        for (int i = family_next(set, -1); i >= 0; i = family_next(set, i))
                if (!models->families.at[i].object)
                        return false;
        return (set & ~FAMILY_UNKNOWN) != 0;
}

/* Both ends stand in one function and only these two meet: the release that fits the allocation. */
static void mend(const struct site *at, struct findings *out, struct finding *finding)
{
        int from = family_next(at->from, -1);
        const char *release = at->models->families.at[from].release;
        if (!at->sole || at->confidence < CONFIDENCE_HIGH || at->resizes || !release ||
            family_next(at->from, from) >= 0 || (at->from & FAMILY_UNKNOWN) || !at->callee ||
            strcmp(at->called, at->callee))
                return;
        struct where name = at->at;
        name.end_line = name.line;
        name.end_col = name.col + (unsigned)strlen(at->called);
        finding_fix(out, finding, true, name, release, "Release it with '%s'", release);
        finding->fixes.at[finding->fixes.n - 1].edits.at[0].was = at->called; /* and no macro around it */
}

static void check(const struct site *at, struct findings *out)
{
        if (at->block != BLOCK_EVENT_RELEASE || !at->from || !at->to ||
            families_agree(at->models, at->from, at->to))
                return;
        if (of_objects(at->models, at->from))
                return; /* object-dealloc-mismatch */
        const char *from = families_text(out->arena, at->models, at->from);
        const char *to = families_text(out->arena, at->models, at->to);
        const struct pair *pair = families_pair(at->models, at->from, at->to);
        const struct step *why = site_fault(at, "'%s' hands it to %s", at->called, to);
        struct finding *finding = finding_add(
            out, &family_mismatch, at->at, at->func, why, "'%s' %s %s%s, but %s is %s memory%s%s%s.",
            at->called,
            at->keeps     ? "leaves it to"
            : at->resizes ? "reallocates"
                          : "releases",
            to, at->keeps ? "" : " memory",
            at->origin[0] == '\'' ? arena_printf(out->arena, "this block from %s", at->origin) : at->origin,
            from, pair && pair->debug ? " ('PYTHONMALLOC=debug': " : "",
            pair && pair->debug ? pair->debug : "", pair && pair->debug ? ")" : "");
        finding->confidence = at->confidence;
        mend(at, out, finding);
}

const struct rule family_mismatch = {
    .code = "PML201",
    .name = "family-mismatch",
    .title = "Memory returned to the wrong allocator",
    .category = CATEGORY_FAMILY,
    .level = LEVEL_ERROR,
    .precision = PRECISION_VERY_HIGH,
    .at = ON_BLOCK,
    .check = check,
    .doc =
        "## What it finds\n"
        "A release or reallocation by another family than the block was allocated with: libc,\n"
        "`PyMem_Raw`, `PyMem`, `PyObject`, NumPy's names, or a library's own; in one function, through\n"
        "wrappers and macros, through parameters, results and out-parameters, and through a field that\n"
        "one function fills and another releases.\n"
        "\n"
        "## Why it matters\n"
        "Each family keeps its blocks in a heap of its own. Small blocks of `PyMem` given to `free` abort\n"
        "at once; other pairs pass silently in an ordinary run and abort under `PYTHONMALLOC=debug`; on\n"
        "free-threaded builds they corrupt the heap.\n"
        "\n"
        "## How to fix it\n"
        "Release with the function that belongs to the allocation: `PyMem_Free` for `PyMem_Malloc`,\n"
        "`free` for `malloc` and `strdup`, `PyMem_RawFree` for `PyMem_RawMalloc`. What\n"
        "`PyUnicode_AsWideCharString`, `Py_EncodeLocale` and the format units `es` and `et` hand out goes\n"
        "to `PyMem_Free`; what `Py_DecodeLocale` hands out to `PyMem_RawFree`. `--fix` does it where\n"
        "allocation and release stand in one function and nothing else meets them.\n"
        "\n"
        "## Where it holds\n"
        "Every Python 3 and build. How it ends depends on them and on the size of the block; the message\n"
        "says what happens under `PYTHONMALLOC=debug`.\n"
        "\n"
        "## Limits\n"
        "A field is judged by what the whole tree stores in it: when some stores fit the release and\n"
        "others do not, the finding has medium confidence.\n",
};
