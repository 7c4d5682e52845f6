/*
 * alloc_without_gil.c: an allocator that needs an attached thread state,
 * called on a path where the GIL was given up.
 */
#include "rule.h"

extern const struct rule alloc_without_gil;

static void check(const struct site *at, struct findings *out)
{
        if (at->gil != GIL_RELEASED || (at->needs & GIL_RELEASED) || !at->model || !at->model->allocator)
                return;
        const struct step *why = site_fault(at, "'%s' is called without the GIL", at->called);
        struct finding *finding =
            finding_add(out, &alloc_without_gil, at->at, at->func, why,
                        "'%s' is called while the GIL is not held (no attached thread state).", at->called);
        finding->confidence = at->confidence;
}

const struct rule alloc_without_gil = {
    .code = "PML101",
    .name = "alloc-without-gil",
    .title = "Allocator called without the GIL",
    .category = CATEGORY_GIL,
    .level = LEVEL_ERROR,
    .precision = PRECISION_VERY_HIGH,
    .at = ON_CALL,
    .check = check,
    .doc =
        "## What it finds\n"
        "A call of the `PyMem_*` or `PyObject_*` allocators, or of one that makes objects\n"
        "(`PyObject_New`, `PyObject_GC_New`, a type's `tp_alloc`), on a path where the thread has given\n"
        "up the GIL: inside `Py_BEGIN_ALLOW_THREADS`, after `PyEval_SaveThread`, in the entry function of\n"
        "a new thread, or in any function that such code calls, through any number of functions and\n"
        "files.\n"
        "\n"
        "## Why it matters\n"
        "These allocators have no lock of their own: two threads in them at once corrupt the heap. Python\n"
        "3.12 and later crash at the call; up to 3.11 it stays silent until `PYTHONMALLOC=debug` aborts\n"
        "with \"Python memory allocator called without holding the GIL\".\n"
        "\n"
        "## How to fix it\n"
        "Allocate before the GIL is released or after it is taken back; or use `PyMem_RawMalloc` and\n"
        "`PyMem_RawFree`, which need no GIL; or take the GIL around the call with `PyGILState_Ensure`.\n"
        "\n"
        "## Where it holds\n"
        "Every Python 3. On free-threaded builds read \"an attached thread state\" for the GIL: the same\n"
        "calls attach and detach it.\n"
        "\n"
        "## Limits\n"
        "A function whose callers the tree does not show is taken to be entered with the GIL, as the\n"
        "interpreter does it.\n",
};
