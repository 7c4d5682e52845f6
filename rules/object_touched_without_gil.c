/*
 * object_touched_without_gil.c: memory of an object is read through an accessor while
 * another thread may free or resize it.
 */
#include "rule.h"

extern const struct rule object_touched_without_gil;

static void check(const struct site *at, struct findings *out)
{
        if (at->gil != GIL_RELEASED || !at->model || !at->model->reads_object)
                return;
        const struct step *why = site_fault(at, "'%s' reads an object without the GIL", at->called);
        struct finding *finding =
            finding_add(out, &object_touched_without_gil, at->at, at->func, why,
                        "'%s' reads memory of an object while the GIL is not held.", at->called);
        finding->confidence = CONFIDENCE_MEDIUM;
}

const struct rule object_touched_without_gil = {
    .code = "PML105",
    .name = "object-touched-without-gil",
    .title = "Object memory touched without the GIL",
    .category = CATEGORY_GIL,
    .level = LEVEL_WARNING,
    .precision = PRECISION_MEDIUM,
    .at = ON_CALL,
    .check = check,
    .doc =
        "## What it finds\n"
        "Accessors of object memory (`PyList_GET_ITEM`, `PyBytes_AS_STRING`, `PyTuple_GET_SIZE` and their\n"
        "kin) used where the GIL is not held.\n"
        "\n"
        "## Why it matters\n"
        "They take no lock and check nothing. Another thread may resize the list or drop the last\n"
        "reference between the read of the pointer and its use.\n"
        "\n"
        "## How to fix it\n"
        "Take what is needed out of the object before the GIL is released, and hold a reference to the\n"
        "object meanwhile.\n"
        "\n"
        "## Where it holds\n"
        "Builds with the GIL. On free-threaded builds another thread may change the object even while a\n"
        "thread state is attached: there it takes a lock of the object as well, which this rule does not\n"
        "look for.\n"
        "\n"
        "## Limits\n"
        "For an immutable object that the caller keeps alive the read is harmless in practice: hence\n"
        "medium confidence.\n",
};
