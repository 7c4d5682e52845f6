/*
 * object_dealloc_mismatch.c: memory of an object goes back to an allocator that did
 * not make it.
 */
#include "rule.h"

#include <string.h>

extern const struct rule object_dealloc_mismatch;

static bool of_objects(const struct models *models, families set)
{
        for (int i = family_next(set, -1); i >= 0; i = family_next(set, i))
                if (!models->families.at[i].object)
                        return false;
        return (set & ~FAMILY_UNKNOWN) != 0;
}

/* Py_TPFLAGS_HAVE_GC, Py_TPFLAGS_BASETYPE */
enum { HAVE_GC = 1 << 14, BASETYPE = 1 << 10 };

static const struct type_slot *slot_of(const struct site *at, const char *role)
{
        for (int i = 0; i < at->nslots; i++)
                if (!strcmp(at->slots[i].role, role))
                        return &at->slots[i];
        return NULL;
}

/* Families of the objects of a type: as its flags say, or either where they are not known. */
static families made_by_type(const struct site *at)
{
        const struct type_slot *flags = slot_of(at, "flags");
        int plain = family_find(at->models, "pyobject_new"),
            collected = family_find(at->models, "pyobject_gc");
        if (plain < 0 || collected < 0)
                return 0;
        families both = (families)1 << plain | (families)1 << collected;
        if (!flags || !flags->constant)
                return both;
        return (families)1 << (flags->number & HAVE_GC ? collected : plain);
}

/* Programs in the language may derive types from it and make objects of them: the collector's, all of those.
 */
static bool may_be_derived(const struct site *at)
{
        const struct type_slot *flags = slot_of(at, "flags"), *maker = slot_of(at, "new");
        return flags && flags->constant && (flags->number & BASETYPE) && maker && maker->value;
}

static void report(const struct site *at, struct findings *out, const struct effect *effect, families made,
                   bool derived)
{
        struct site there = *at;
        there.at =
            effect->why ? effect->why->at : slot_of(at, "dealloc")->at; /* the slot names the allocator's */
        if (effect->why)
                there.func = effect->why->func;
        const char *to = families_text(out->arena, at->models, effect->family);
        const char *from = families_text(out->arena, at->models, made);
        const struct step *why = site_fault(&there, "it is released to %s", to);
        const char *text =
            derived ? "Types may derive from '%s', and their objects are %s memory, but its dealloc function "
                      "releases them to %s."
                    : "An object of type '%s' is %s memory, but its dealloc function releases it to %s.";
        finding_add(out, &object_dealloc_mismatch, there.at, there.func, why, text, at->type, from, to);
}

/* The dealloc function of a type releases its argument: does that fit what the type's flags and tp_alloc
 * make? */
static void check_type(const struct site *at, struct findings *out)
{
        const struct type_slot *dealloc = slot_of(at, "dealloc"), *alloc = slot_of(at, "alloc");
        bool own =
            alloc && (alloc->value || !alloc->constant) && !(alloc->contract && alloc->contract->modelled);
        if (!dealloc || !dealloc->contract || own)
                return;
        families made = made_by_type(at);
        int collected = family_find(at->models, "pyobject_gc");
        for (int i = 0; made && i < dealloc->contract->effects.n; i++) {
                const struct effect *effect = &dealloc->contract->effects.at[i];
                bool self = effect->kind == EFFECT_TAKES && effect->at.root == 0 && !effect->at.nsteps;
                if (!self || effect->maybe ||
                    (at->made && families_agree(at->models, at->made, effect->family)))
                        continue;
                if (!families_agree(at->models, made, effect->family))
                        report(at, out, effect, made, false);
                else if (may_be_derived(at) &&
                         !families_agree(at->models, (families)1 << collected, effect->family))
                        report(at, out, effect, (families)1 << collected, true);
        }
}

static void check(const struct site *at, struct findings *out)
{
        if (at->hook == ON_TYPE) {
                check_type(at, out);
                return;
        }
        if (at->block != BLOCK_EVENT_RELEASE || !of_objects(at->models, at->from) || !at->to ||
            families_agree(at->models, at->from, at->to))
                return;
        const char *from = families_text(out->arena, at->models, at->from);
        const char *to = families_text(out->arena, at->models, at->to);
        const struct step *why = site_fault(at, "'%s' hands it to %s", at->called, to);
        struct finding *finding = finding_add(out, &object_dealloc_mismatch, at->at, at->func, why,
                                              "'%s' releases %s memory, but the object from %s is %s memory.",
                                              at->called, to, at->origin, from);
        finding->confidence = at->confidence;
}

const struct rule object_dealloc_mismatch = {
    .code = "PML202",
    .name = "object-dealloc-mismatch",
    .title = "Object released by the wrong function",
    .category = CATEGORY_FAMILY,
    .level = LEVEL_ERROR,
    .precision = PRECISION_VERY_HIGH,
    .at = ON_BLOCK | ON_TYPE,
    .check = check,
    .doc =
        "## What it finds\n"
        "An object from `PyObject_New`, `PyObject_GC_New`, `tp_alloc` or `PyType_GenericAlloc` that is\n"
        "released by the wrong function: `free` or `PyMem_Free` on an object, `PyObject_Free` on one with\n"
        "a collector's header, or the reverse.\n"
        "\n"
        "## Why it matters\n"
        "An object that the collector tracks begins behind a header and stays linked: releasing it as a\n"
        "plain block crashes at once. The others pass silently until `PYTHONMALLOC=debug` or a\n"
        "free-threaded build.\n"
        "\n"
        "## How to fix it\n"
        "Call the type's `tp_free`, or `PyObject_Free` for `PyObject_New` and `PyObject_GC_Del` for\n"
        "`PyObject_GC_New`. An object that others may hold is released by `Py_DECREF` alone.\n"
        "\n"
        "## Where it holds\n"
        "Every Python 3: at once for objects that the collector tracks, else under `PYTHONMALLOC=debug`\n"
        "and on free-threaded builds.\n"
        "\n"
        "## Limits\n"
        "For a type whose allocator the tree does not show nothing is said.\n",
};
