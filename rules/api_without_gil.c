/*
 * api_without_gil.c: any other function of the C API that needs an attached
 * thread state, called on a path where the GIL was given up.
 */
#include "rule.h"

extern const struct rule api_without_gil;

static void check(const struct site *at, struct findings *out)
{
        const struct model *model = at->model;
        if (at->gil != GIL_RELEASED || (at->needs & GIL_RELEASED) || !model || model->allocator)
                return;
        if (at->changes_lock || model->reads_object || model->pure)
                return; /* the balance of the lock, and reads of memory, are other rules' business */
        const struct step *why = site_fault(at, "'%s' is called without the GIL", at->called);
        struct finding *finding =
            finding_add(out, &api_without_gil, at->at, at->func, why,
                        "'%s' is called while the GIL is not held (no attached thread state).", at->called);
        finding->confidence = at->confidence;
}

const struct rule api_without_gil = {
    .code = "PML102",
    .name = "api-without-gil",
    .title = "Python C API called without the GIL",
    .category = CATEGORY_GIL,
    .level = LEVEL_ERROR,
    .precision = PRECISION_VERY_HIGH,
    .at = ON_CALL,
    .check = check,
    .doc =
        "## What it finds\n"
        "A call of a Python or NumPy C-API function that needs the GIL, `Py_INCREF` and `Py_DECREF`\n"
        "included, on a path where the thread has given it up: inside `Py_BEGIN_ALLOW_THREADS`, after\n"
        "`PyEval_SaveThread`, in the entry function of a new thread, or in any function that such code\n"
        "calls, in this file or another.\n"
        "\n"
        "## Why it matters\n"
        "The API reads and changes interpreter state without a lock of its own. Reference counts get\n"
        "lost, exceptions land on another thread, and from Python 3.9 on functions such as\n"
        "`PyErr_Occurred` crash at once. On free-threaded builds read \"attached thread state\" for\n"
        "\"GIL\": the rule is the same there.\n"
        "\n"
        "## How to fix it\n"
        "Leave the region first (`Py_BLOCK_THREADS`, or move the call behind `Py_END_ALLOW_THREADS`);\n"
        "remember an error in a local variable and raise it once the GIL is back; in a callback, take the\n"
        "GIL with `PyGILState_Ensure`.\n"
        "\n"
        "## Where it holds\n"
        "Every Python 3. On free-threaded builds read \"an attached thread state\" for the GIL: the same\n"
        "calls attach and detach it.\n"
        "\n"
        "## Limits\n"
        "Accessors that only read memory of an object are left to `object-touched-without-gil`. A\n"
        "function whose callers the tree does not show is taken to be entered with the GIL.\n",
};
