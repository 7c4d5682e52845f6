/*
 * callback_without_gil.c: a function that uses the API without taking the GIL
 * first, handed to code that may call it without.
 */
#include "rule.h"

extern const struct rule callback_without_gil;

static void check(const struct site *at, struct findings *out)
{
        if (!at->target_needs || !at->run_released)
                return;
        const struct step *why = site_fault(at, "'%s' is handed over here", at->target);
        struct finding *finding;
        if (at->key)
                finding = finding_add(
                    out, &callback_without_gil, at->at, at->func, why,
                    "'%s' needs the GIL, but is stored in '%s', which is called where the GIL is released.",
                    at->target, at->key);
        else
                finding = finding_add(
                    out, &callback_without_gil, at->at, at->func, why,
                    at->run_here ? "'%s' needs the GIL, but is passed to '%s' while the GIL is released."
                                 : "'%s' needs the GIL, but is passed to '%s', whose library runs where "
                                   "the GIL is released.",
                    at->target, at->callee ? at->callee : "a function");
        finding->confidence = at->confidence;
        for (const struct step *step = at->target_why; step; step = step->because)
                VEC_PUSH(out->arena, &finding->related, *step);
}

const struct rule callback_without_gil = {
    .code = "PML103",
    .name = "callback-without-gil",
    .title = "Callback that needs the GIL may run without it",
    .category = CATEGORY_GIL,
    .level = LEVEL_WARNING,
    .precision = PRECISION_HIGH,
    .at = ON_STORE,
    .check = check,
    .doc =
        "## What it finds\n"
        "A function that uses the C API without taking the GIL first, and that foreign code may call\n"
        "while the thread does not hold it: passed to an external function inside a released region, or\n"
        "stored in a record whose library is used inside such regions.\n"
        "\n"
        "## Why it matters\n"
        "The library knows nothing of the interpreter: it calls back on whatever thread runs it, in\n"
        "whatever state. The callback then runs the API without the GIL, which corrupts memory or\n"
        "crashes.\n"
        "\n"
        "## How to fix it\n"
        "Take the GIL at the top of the callback with `PyGILState_Ensure` and give it back at its end, or\n"
        "use in it only what needs no GIL (`PyMem_Raw*`).\n"
        "\n"
        "## Where it holds\n"
        "Every Python 3. On free-threaded builds read \"an attached thread state\" for the GIL: the same\n"
        "calls attach and detach it.\n"
        "\n"
        "## Limits\n"
        "What is known of a library stands in model files; a library without a model is judged by the\n"
        "place of the hand-over. Where it is known that a function is entered without the GIL (the start of\n"
        "a thread, a hook or destructor of which a model says so, a call back during a call inside a\n"
        "region), its own calls are reported, as `alloc-without-gil` and `api-without-gil`.\n",
};
