/*
 * object_domain_misuse.c: plain memory from the object domain, or an object on memory of another.
 */
#include "rule.h"

extern const struct rule object_domain_misuse;

static void check(const struct site *at, struct findings *out)
{
        const char *from = families_text(out->arena, at->models, at->from);
        const struct step *why =
            site_fault(at, at->becomes_object ? "it becomes an object" : "it never becomes an object");
        struct finding *finding =
            at->becomes_object
                ? finding_add(out, &object_domain_misuse, at->at, at->func, why,
                              "%s gives %s memory, which becomes an object here: on a free-threaded build "
                              "objects must come from the PyObject domain.",
                              at->origin, from)
                : finding_add(out, &object_domain_misuse, at->at, at->func, why,
                              "%s gives memory for objects, but this block never becomes one: on a "
                              "free-threaded build that heap is for objects only.",
                              at->origin);
        finding->confidence = at->confidence;
}

const struct rule object_domain_misuse = {
    .code = "PML205",
    .name = "object-domain-misuse",
    .title = "Object domain used for what is not an object",
    .category = CATEGORY_FAMILY,
    .level = LEVEL_WARNING,
    .precision = PRECISION_HIGH,
    .at = ON_MIX,
    .check = check,
    .doc =
        "## What it finds\n"
        "A block from `PyObject_Malloc`, `PyObject_Calloc` or `PyObject_Realloc` that holds numbers, text\n"
        "or a plain struct; and the reverse: `PyObject_Init` over a block of `malloc`, `PyMem_Malloc` or\n"
        "`PyMem_RawMalloc`.\n"
        "\n"
        "## Why it matters\n"
        "With the GIL both work. The free-threaded build keeps a heap of its own for objects and walks\n"
        "through it: the collector takes every block there for an object, and finds none that lies\n"
        "elsewhere.\n"
        "\n"
        "## How to fix it\n"
        "Use `PyMem_Malloc` and `PyMem_Free` for plain memory. Make objects with `PyObject_New`,\n"
        "`PyObject_GC_New` or `tp_alloc`. Change the release together with the allocation.\n"
        "\n"
        "## Where it holds\n"
        "Free-threaded builds, from 3.13 on, crash. With the GIL both domains work.\n"
        "\n"
        "## Limits\n"
        "A block that is handed out as `void *`, or to code that is not understood, is left alone. That a\n"
        "struct of the tree is none of an object shows only where no type names its size: such findings\n"
        "are of medium confidence when the block outlives the function.\n",
};
