/*
 * gil_unbalanced.c: the GIL is given up twice, taken twice, or a function ends with
 * the region still open.
 */
#include "rule.h"

#include <string.h>

extern const struct rule gil_unbalanced;

/* The function ends otherwise than it began, on this path. */
static void check_exit(const struct site *at, struct findings *out)
{
        static const char *const said[] = {
            [EXIT_EVENT_RELEASED] = "returns without the GIL on this path",
            [EXIT_EVENT_HELD] = "returns with the GIL on this path, but was entered without",
            [EXIT_EVENT_OPEN] = "returns without giving back a handle on this path",
        };
        const struct step *why = site_fault(at, "'%s' %s", at->func, said[at->exit]);
        struct finding *finding =
            finding_add(out, &gil_unbalanced, at->at, at->func, why, "'%s' %s.", at->func, said[at->exit]);
        finding->confidence = at->confidence;
}

/* Gives up what this thread does not have, or takes what it has. */
static void check(const struct site *at, struct findings *out)
{
        if (at->hook == ON_EXIT) {
                check_exit(at, out);
                return;
        }
        if (at->crosses) {
                const struct step *why =
                    site_fault(at, "'%s': another handle is to go back first", at->called);
                finding_add(out, &gil_unbalanced, at->at, at->func, why,
                            "'%s' gives back a handle, but one that was taken after it is still open.",
                            at->called)
                    ->confidence = at->confidence;
                return;
        }
        if (!at->model || !at->changes_lock || (at->gil & at->needs))
                return;
        bool again = at->gil == GIL_HELD || (at->gil == GIL_ASSUMED && at->own_token);
        const char *wrong = at->gil == GIL_RELEASED ? "the GIL is not held here"
                            : again                 ? "the GIL is held here already"
                                                    : NULL;
        if (!wrong)
                return;
        const struct step *why = site_fault(at, "'%s': %s", at->called, wrong);
        struct finding *finding = finding_add(out, &gil_unbalanced, at->at, at->func, why,
                                              "'%s' is called, but %s.", at->called, wrong);
        finding->confidence = at->confidence;
}

const struct rule gil_unbalanced = {
    .code = "PML104",
    .name = "gil-unbalanced",
    .title = "GIL released or taken out of balance",
    .category = CATEGORY_GIL,
    .level = LEVEL_ERROR,
    .precision = PRECISION_HIGH,
    .at = ON_CALL | ON_EXIT,
    .check = check,
    .doc =
        "## What it finds\n"
        "`PyEval_SaveThread` (or `Py_BEGIN_ALLOW_THREADS`) where the GIL is not held,\n"
        "`PyEval_RestoreThread` where it is held, a `return`, `goto` or `break` that leaves a region open\n"
        "on one path, `PyGILState_Ensure` without its `Release`.\n"
        "\n"
        "## Why it matters\n"
        "Releasing twice is a fatal error of the interpreter; taking it twice deadlocks; a function that\n"
        "returns to the interpreter without the GIL crashes it at the next step, mostly in code that has\n"
        "nothing to do with the cause.\n"
        "\n"
        "## How to fix it\n"
        "Give every way out of the region its own `Py_BLOCK_THREADS`, or leave through one label behind\n"
        "`Py_END_ALLOW_THREADS`. Give back each handle of `PyGILState_Ensure` on every path.\n"
        "\n"
        "## Where it holds\n"
        "Every Python 3. On free-threaded builds read \"an attached thread state\" for the GIL: the same\n"
        "calls attach and detach it.\n"
        "\n"
        "## Limits\n"
        "A function that hands its saved state out (as a result, through a parameter, in a field) opens\n"
        "the region on purpose and is not reported; its callers are checked instead.\n",
};
