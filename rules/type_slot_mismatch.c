/*
 * type_slot_mismatch.c: a type whose flags and slots disagree about how its
 * objects are allocated and released.
 */
#include "rule.h"

#include <string.h>

extern const struct rule type_slot_mismatch;

enum { HAVE_GC = 1 << 14 }; /* Py_TPFLAGS_HAVE_GC */

static const struct type_slot *slot_of(const struct site *at, const char *role)
{
        for (int i = 0; i < at->nslots; i++)
                if (!strcmp(at->slots[i].role, role))
                        return &at->slots[i];
        return NULL;
}

/* What the function in a slot obtains (in its result) or releases (of its first argument). */
static families effect_families(const struct type_slot *slot, enum effect_kind kind, int root)
{
        families set = 0;
        for (int i = 0; slot && slot->contract && i < slot->contract->effects.n; i++) {
                const struct effect *effect = &slot->contract->effects.at[i];
                if (effect->kind == kind && effect->at.root == root && !effect->at.nsteps)
                        set |= effect->family;
        }
        return set;
}

static bool drops_type(const struct contract *contract)
{
        for (int i = 0; i < contract->effects.n; i++) {
                const struct spot *spot = &contract->effects.at[i].at;
                bool whole = contract->effects.at[i].kind == EFFECT_KEEPS && !spot->nsteps; /* who knows */
                if (spot->root == 0 && (whole || (spot->nsteps == 2 && strstr(spot->steps[1], ".ob_type"))))
                        return true;
        }
        return contract->opaque;
}

/* No path gives the object back, keeps it, or ends the process. */
static bool never_releases(const struct contract *contract)
{
        for (int i = 0; i < contract->effects.n; i++) {
                const struct effect *effect = &contract->effects.at[i];
                bool away = effect->kind == EFFECT_TAKES || effect->kind == EFFECT_KEEPS ||
                            effect->kind == EFFECT_RESIZES;
                if (away && effect->at.root == 0 && !effect->at.nsteps)
                        return false;
        }
        return contract->inferred && !contract->noreturn;
}

static void report(const struct site *at, struct findings *out, const struct type_slot *slot,
                   const char *wrong)
{
        struct site there = *at;
        there.at = slot->at;
        const struct step *why = site_fault(&there, "'%s' %s", slot->value ? slot->value : "the slot", wrong);
        finding_add(out, &type_slot_mismatch, slot->at, at->type, why, "'%s' of type '%s' %s.",
                    slot->value ? slot->value : slot->role, at->type, wrong);
}

static void check_release(const struct site *at, struct findings *out, const struct type_slot *slot,
                          families made, bool gc)
{
        families takes = effect_families(slot, EFFECT_TAKES, 0);
        int collected = family_find(at->models, "pyobject_gc");
        if (!slot || !takes || families_agree(at->models, made, takes))
                return;
        if (!gc && !(takes >> collected & 1)) /* who makes such objects by hand may release them so */
                return;
        report(at, out, slot,
               gc ? "releases objects without a collector's header, but the flags say they have one"
                  : "releases objects with a collector's header, but the flags say they have none");
}

static void check(const struct site *at, struct findings *out)
{
        const struct type_slot *flags = slot_of(at, "flags"), *release = slot_of(at, "free");
        const struct type_slot *dealloc = slot_of(at, "dealloc"), *alloc = slot_of(at, "alloc");
        int plain = family_find(at->models, "pyobject_new"),
            collected = family_find(at->models, "pyobject_gc");
        if (dealloc && dealloc->contract && never_releases(dealloc->contract))
                report(at, out, dealloc, "never releases the memory of the object");
        if (!flags || !flags->constant || plain < 0 || collected < 0)
                return;
        bool gc = flags->number & HAVE_GC;
        families made = (families)1 << (gc ? collected : plain);
        families own = effect_families(alloc, EFFECT_GIVES, SPOT_RESULT),
                 takes = effect_families(release, EFFECT_TAKES, 0);
        if (own & (own - 1)) /* the inherited one: as the flags say */
                own = 0;
        int plain_release = family_find(at->models, "pyobject"); /* what the inherited tp_free releases to */
        families released = gc || plain_release < 0 ? made : (families)1 << plain_release;
        if (own && !families_agree(at->models, own, takes ? takes : released))
                report(at, out, alloc,
                       "allocates from another family than the type's objects are released to");
        else if (release && !own)
                check_release(at, out, release, made, gc);

        if (at->heap_type && dealloc && dealloc->contract && !dealloc->contract->modelled &&
            effect_families(dealloc, EFFECT_TAKES, 0) && !drops_type(dealloc->contract))
                report(at, out, dealloc,
                       "releases an object of a heap type and keeps its reference to the type");
}

const struct rule type_slot_mismatch = {
    .code = "PML203",
    .name = "type-slot-mismatch",
    .title = "Type whose flags and slots disagree",
    .category = CATEGORY_FAMILY,
    .level = LEVEL_WARNING,
    .precision = PRECISION_HIGH,
    .at = ON_TYPE,
    .check = check,
    .doc = "## What it finds\n"
           "A type object or `PyType_Spec` whose parts do not fit together: `Py_TPFLAGS_HAVE_GC` with a\n"
           "`tp_free` or `tp_dealloc` that releases objects without a collector's header, or the reverse; a\n"
           "`tp_alloc` of its own that uses another family than the release; a heap type whose dealloc\n"
           "function never drops the reference that each object holds to its type.\n"
           "\n"
           "## Why it matters\n"
           "Objects that the collector tracks begin behind a header: the wrong release crashes or corrupts\n"
           "the heap when the first object dies. A heap type that loses references is never freed.\n"
           "\n"
           "## How to fix it\n"
           "Let `tp_alloc` and `tp_free` be inherited, call `Py_TYPE(self)->tp_free(self)` in the dealloc\n"
           "function, and for a heap type `Py_DECREF` the type after it.\n"
           "\n"
           "## Where it holds\n"
           "Every Python 3. Objects made with `PyObject_New` and its kin hold their heap type since 3.8.\n"
           "\n"
           "## Limits\n"
           "Only types whose flags are a constant are judged.\n",
};
